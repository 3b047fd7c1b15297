"""vCards in and out: old ones, odd ones, and those that Kith writes itself."""

import pytest
import vobject

from kith.cli.main import main
from kith.contacts.models import Channel, Contact, Site
from kith.history.models import ChangeSet

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


def test_new_ones_go_out_and_come_back(kith, cards, outcomes, tmp_path) -> None:
    assert outcomes(kith("import", cards(NEW))) == ["created"] * 3
    zoe = Contact.objects.get(name="Zoë Ward")
    site = Site.objects.get(contact=zoe, is_main=True)
    assert (site.address1, site.address2, site.country) == ("12, High Street", "Suite 2", "GB")
    assert str(zoe.birth_date) == "1980-09-25"
    assert zoe.remarks == "Anniversary: 15.04.\none\ntwo three"
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
