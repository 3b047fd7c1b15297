"""vCards in and out: old ones, odd ones, and those that Kith writes itself."""

from base64 import b64encode
from io import BytesIO

import pytest
import vobject
from PIL import Image

from kith.cli.main import main
from kith.contacts.models import Channel, Contact, Site
from kith.files.pictures import LARGE, picture_path
from kith.history.models import ChangeSet
from kith.transfer.models import Import

OLD = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\n"
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Sm=C3=B8rg=C3=A5rd;J=C3=B8rn;;Mr.;\r\n"
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Mr. J=C3=B8rn=\r\n Sm=C3=B8rg=C3=A5rd\r\n"
    "TEL;WORK;FAX:+47 22 00 00 00\r\nTEL;CELL;PREF:+47 922 22 222\r\nTEL;WORK:+47 22 22 55 55\r\n"
    "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n SkZJRg==\r\n\r\nEND:VCARD\r\n"
)
NEW = (
    "BEGIN:VCARD\nVERSION:4.0\nKIND:individual\nFN:Zoë Ward\nN:Ward;Zoë;;;\n"
    'item1.EMAIL;TYPE="work,home":zoe@example.com\nitem1.X-ABLabel:Main\n'
    "TEL;VALUE=uri:tel:+44-7400-123456\n"
    'ADR;TYPE=work;LABEL="a: b":;Suite 2;12\\, High Street;Leeds;;LS1 4AP;United Kingdom\n'
    "ADR;TYPE=home:;;5 Low Street;York;;YO1 7HH;\n"
    "BDAY:19800925\nANNIVERSARY:--0415\nCATEGORIES:vip,fair\nORG:Horus\\, Ltd;Sales\n"
    "NOTE:one\\ntwo \n three\nX-SOCIALPROFILE;TYPE=linkedin:https://www.linkedin.com/in/zoe\n"
    "END:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Isis plc\nORG:Isis plc\nN:;;;;\nEND:VCARD\n"
    "BEGIN:VCARD\nVERSION:3.0\nFN:No End\nEMAIL:end@example.com\n"
)


@pytest.fixture
def cards(tmp_path):
    def write(text: str):
        path = tmp_path / "cards.vcf"
        path.write_bytes(text.encode())
        return path

    return write


def values(pk: int, kind: str) -> list[str]:
    return list(Channel.objects.filter(contact=pk, kind=kind).values_list("value", flat=True))


def test_an_old_card_comes_in_whole(kith, cards, outcomes) -> None:
    report = kith("import", cards(OLD), "--default-country", "NO")
    assert outcomes(report) == ["created"]
    contact = Contact.objects.get()
    assert (contact.name, contact.given_name) == ("Jørn Smørgård", "Jørn")
    assert values(contact.pk, "mobile") == ["+4792222222"]
    assert values(contact.pk, "office_phone") == ["+4722225555"]
    assert contact.remarks == "Fax: +47 22 00 00 00"


def test_new_ones_go_out_and_come_back(kith, cards, outcomes, tmp_path) -> None:
    assert outcomes(kith("import", cards(NEW))) == ["created"] * 3
    zoe = Contact.objects.get(name="Zoë Ward")
    site = Site.objects.get(contact=zoe, is_main=True)
    assert (site.address1, site.address2, site.country) == ("12, High Street", "Suite 2", "GB")
    assert str(zoe.birth_date) == "1980-09-25"
    further = "Address: 5 Low Street, York, YO1 7HH"
    assert zoe.remarks == f"Anniversary: 15.04.\none\ntwo three\n{further}"
    assert Contact.objects.get(name="Isis plc").kind == "company"
    for file_format in ("vcf", "vcf4"):
        path = tmp_path / f"out-{file_format}.vcf"
        assert main(["export", "--format", file_format, str(path)]) == 0
        text = path.read_bytes().decode()
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        read = {card.fn.value: card for card in vobject.readComponents(text)}
        assert set(read) == {"Zoë Ward", "Isis plc", "No End", "Horus, Ltd"}
        assert read["Zoë Ward"].org.value == ["Horus, Ltd"]
        assert read["Zoë Ward"].adr.value.street == "12, High Street"
        assert read["Zoë Ward"].note.value == zoe.remarks
        again = kith("import", path, "--duplicates", "overwrite", "--match", "email,name")
        assert (again["updated"], again["invalid"]) == (0, 0)
    assert ChangeSet.objects.filter(note__startswith="Export: 4 ").count() == 2


def test_photos_come_in_drawn_anew_and_go_out_again(
    kith, cards, outcomes, tmp_path, settings
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    png = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(png, "PNG")
    text = b64encode(png.getvalue()).decode()
    folded = "\r\n ".join(text[at : at + 70] for at in range(0, len(text), 70))
    photos = {
        "Old": ("2.1", f"PHOTO;ENCODING=BASE64;TYPE=PNG:\r\n {folded}\r\n"),
        "Usual": ("3.0", f"item1.PHOTO;ENCODING=b;TYPE=PNG:{folded}"),
        "New": ("4.0", f"PHOTO:data:image/png;base64,{folded}"),
        "Bad": ("3.0", "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRg=="),
        "Elsewhere": ("4.0", "PHOTO;MEDIATYPE=image/gif:http://www.example.com/photo.gif"),
    }
    path = cards(
        "".join(
            f"BEGIN:VCARD\r\nVERSION:{version}\r\nFN:{name}\r\n{photo}\r\nEND:VCARD\r\n"
            for name, (version, photo) in photos.items()
        )
    )
    report = kith("import", path)
    assert outcomes(report) == ["created"] * 5
    codes = [[note["code"] for note in row["warnings"]] for row in report["rows"]]
    assert codes == [[], [], [], ["picture-refused"], ["picture-elsewhere"]]
    held = dict(Contact.objects.values_list("name", "picture"))
    assert held["Old"] == held["Usual"] == held["New"]
    assert (held["Bad"], held["Elsewhere"]) == (None, None)
    with Image.open(picture_path(held["Old"], LARGE)) as image:
        assert (image.format, image.size) == ("WEBP", (512, 512))
    for file_format in ("vcf", "vcf4"):
        out = tmp_path / f"out-{file_format}.vcf"
        main(["export", "--format", file_format, str(out)])
        again = kith("import", out, "--duplicates", "overwrite", "--match", "name")
        assert (again["updated"], again["invalid"]) == (0, 0)
    card = next(vobject.readComponents(out.with_name("out-vcf.vcf").read_text()))
    assert Image.open(BytesIO(card.photo.value)).size == (256, 256)
    kith("import", "--undo", str(Import.objects.earliest("pk").pk))
    assert not Contact.objects.filter(name="Old", trashed_at=None).exists()
