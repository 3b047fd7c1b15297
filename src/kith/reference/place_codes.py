"""What GeoNames calls first-level divisions, in the codes of ISO 3166-2.

Only for countries where both are known for certain; elsewhere a city comes without its state.
"""

from kith.core import countries

SAME = ("US", "GB", "CH", "BE", "CI")
"""Countries whose divisions have the same codes in both."""
WITHOUT_ZERO = ("AT",)

_TEXTS = {
    "IN": "01AN 02AP 03AS 05CH 07DL 09GJ 10HR 11HP 12JK 13KL 14LD 16MH 17MN 18ML 19KA 20NL 21OD "
    "22PY 23PB 24RJ 25TN 26TR 28WB 29SK 30AR 31MZ 33GA 34BR 35MP 36UP 37CG 38JH 39UK 40TS 41LA "
    "52DH",
    "CA": "01AB 02BC 03MB 04NB 05NL 07NS 08ON 09PE 10QC 11SK 12YT 13NT 14NU",
    "AU": "01ACT 02NSW 03NT 04QLD 05SA 06TAS 07VIC 08WA",
    "DE": "01BW 02BY 03HB 04HH 05HE 06NI 07NW 08RP 09SL 10SH 11BB 12MV 13SN 14ST 15TH 16BE",
    "NO": "0132 0433 0556 0815 0918 1203 1331 1411 1740 1855 2039 2150 3434 4242 4646",
    "AE": "01AZ 02AJ 03DU 04FU 05RK 06SH 07UQ",
    "DK": "1784 1882 1981 2085 2183",
    "FR": "11IDF 24CVL 27BFC 28NOR 32HDF 44GES 52PDL 53BRE 75NAQ 76OCC 84ARA 93PAC",
}
ISO = {
    country: {text[:2]: f"{country}-{text[2:]}" for text in texts.split()}
    for country, texts in _TEXTS.items()
}


def state_code(country: str, division: str) -> str:
    """ "IN", "16" is "IN-MH"; "" where it is not known."""
    if country in ISO:
        return ISO[country].get(division, "")
    if country in WITHOUT_ZERO:
        division = division.lstrip("0")
    elif country not in SAME:
        return ""
    code = f"{country}-{division}"
    return code if countries.state_name(code) != code else ""
