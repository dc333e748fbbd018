"""The words of the table of people in Finnish, Swedish and English, folded for comparing."""

from enum import StrEnum


class Column(StrEnum):
    """A column that is understood."""

    NAME = "name"
    FIRST_NAME = "first name"
    LAST_NAME = "last name"
    ADDRESS = "address"
    ORGANISATION = "organisation"
    KIND = "kind"
    MUNICIPALITY = "municipality"
    LANGUAGE = "language"


_NAMES: dict[Column, tuple[str, ...]] = {
    Column.NAME: (
        *("nimi", "henkilö", "yhteyshenkilö", "etu- ja sukunimi", "namn", "person"),
        *("kontaktperson", "för- och efternamn", "name", "full name", "contact person", "contact"),
    ),
    Column.FIRST_NAME: ("etunimi", "etunimet", "förnamn", "first name", "given name"),
    Column.LAST_NAME: ("sukunimi", "efternamn", "last name", "surname", "family name"),
    Column.ADDRESS: (
        *("sähköposti", "sähköpostiosoite", "s-posti", "sposti", "sähköpostiosoitteet"),
        *("e-post", "epost", "e-postadress", "epostadress", "mejl", "mejladress"),
        *("e-mail", "email", "e-mail address", "email address", "mail"),
    ),
    Column.ORGANISATION: (
        *("organisaatio", "järjestö", "yhdistys", "taho", "työnantaja", "järjestö / organisaatio"),
        *("organisation", "förening", "arbetsgivare", "organization", "ngo", "association"),
    ),
    Column.KIND: (
        *("tyyppi", "organisaation tyyppi", "organisaatiotyyppi", "laji", "typ"),
        *("organisationstyp", "typ av organisation", "kind", "type", "organisation type"),
        *("organization type", "kind of organisation"),
    ),
    Column.MUNICIPALITY: (
        *("kunta", "kotikunta", "kaupunki", "paikkakunta", "kunta / kaupunki"),
        *("kommun", "hemkommun", "ort", "stad", "municipality", "city", "town"),
    ),
    Column.LANGUAGE: (
        *("kieli", "asiointikieli", "äidinkieli", "språk", "kontaktspråk", "modersmål"),
        *("language", "lang"),
    ),
}
HEADERS: dict[str, Column] = {word: column for column, words in _NAMES.items() for word in words}

_KINDS: dict[str, tuple[str, ...]] = {
    "ngo": (
        *("järjestö", "yhdistys", "sote-järjestö", "kansalaisjärjestö", "organisation", "förening"),
        *("ngo", "association", "civil society organisation"),
    ),
    "municipality": ("kunta", "kaupunki", "kommun", "stad", "municipality", "city", "town"),
    "joint-authority": ("kuntayhtymä", "samkommun", "joint authority", "joint-authority"),
    "wellbeing-county": (
        *("hyvinvointialue", "välfärdsområde", "wellbeing services county", "wellbeing-county"),
    ),
    "network": ("verkosto", "nätverk", "network"),
    "other": ("muu", "annan", "annat", "övrig", "other"),
}
KINDS: dict[str, str] = {word: kind for kind, words in _KINDS.items() for word in words}

_LANGUAGES: dict[str, tuple[str, ...]] = {
    "fi": ("fi", "fin", "suomi", "suomeksi", "finska", "finnish"),
    "sv": ("sv", "swe", "ruotsi", "ruotsiksi", "svenska", "swedish"),
    "en": ("en", "eng", "englanti", "englanniksi", "engelska", "english"),
}
LANGUAGES: dict[str, str] = {word: code for code, words in _LANGUAGES.items() for word in words}
