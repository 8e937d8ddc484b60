"""How one can pay, for each EVSE, with the field that says so."""

from tests.records import connector, evse, location, price_list, tariff

HOW = (
    "select distinct evse_uid, payment_method, certainty, evidence from mart.connector "
    "join mart.acceptance using (acceptance_no) order by all"
)
CERTAINTIES = (
    "select payment_method, certainty from mart.connector "
    "join mart.acceptance using (acceptance_no) order by all"
)
PLUG = "ISO_15118_2_PLUG_AND_CHARGE"


def test_each_of_the_five_ways_is_judged_with_what_says_so(published):
    rows = published(HOW, [location()], [tariff()])
    assert rows == [
        ("E1", "app", "not_stated", "OCPI has no field for it"),
        ("E1", "card", "yes", "capabilities: CREDIT_CARD_PAYABLE"),
        ("E1", "contract", "yes", "capabilities: RFID_READER"),
        ("E1", "free", "no", "price_components for ad hoc payment: a price above 0"),
        ("E1", "plug_and_charge", "not_stated", "no Plug & Charge flag of this operator"),
    ]


def test_a_card_flag_beside_counts_for_the_site_and_elsewhere_against_another(published):
    beside = location(evses=(evse("E1"), evse("E2", capabilities=("RFID_READER",))))
    alone = location("L2", evses=(evse("E3", capabilities=("RFID_READER",)),))
    rows = published(HOW, [beside, alone], [tariff()])
    cards = {
        uid: (certainty, evidence) for uid, method, certainty, evidence in rows if method == "card"
    }
    assert cards["E2"] == (
        "yes",
        "capabilities of another EVSE at this site: CREDIT_CARD_PAYABLE",
    )
    assert cards["E3"] == ("no", "no card flag here, this operator states them elsewhere")


def test_plug_and_charge_and_providers_are_kept_as_stated(published):
    plug = connector(capabilities=(PLUG,))
    bay = evse(connectors=(plug,), accepted_service_providers=("DE-ABC", "Energi"))
    rows = dict(published(CERTAINTIES, [location(evses=(bay,))], [tariff()]))
    assert rows["plug_and_charge"] == "yes"
    providers = "select provider, evses from mart.service_provider order by provider"
    assert published(providers) == [("DE-ABC", 1), ("Energi", 1)]
    search = (
        "select count(*) from mart.connector "
        "where list_contains(accepted_service_providers, 'Energi')"
    )
    assert published(search) == [(1,)]


def test_free_charging_is_a_way_to_pay(published):
    rows = dict(published(CERTAINTIES, [location()], [tariff(price="0")]))
    assert rows["free"] == "yes"


def test_without_a_tariff_nothing_is_said_about_free(published):
    rows = dict(published(CERTAINTIES, [location()], [tariff("other")]))
    assert rows["free"] == "not_stated"


def test_equal_statements_are_judged_once(published):
    sites = [location(f"L{number}") for number in range(4)]
    rows = published("select count(distinct acceptance_no) from mart.acceptance", sites, [tariff()])
    assert rows == [(1,)]


def test_a_tariff_that_is_not_there_leaves_contracts_and_freedom_open(published):
    plug = connector(tariff_ids=("T1", "gone"))
    bay = evse(capabilities=("CREDIT_CARD_PAYABLE",), connectors=(plug,))
    rows = dict(published(CERTAINTIES, [location(evses=(bay,))], [tariff(price="0")]))
    assert rows["free"] == "not_stated"
    assert rows["contract"] == "not_stated"


def test_a_tariff_that_cannot_be_priced_is_neither_free_nor_not(published):
    unreadable = tariff(price_list=price_list("0", unreadable_parts=("elements[1]",)))
    assert dict(published(CERTAINTIES, [location()], [unreadable]))["free"] == "not_stated"


def test_words_of_others_at_a_large_site_are_not_multiplied(published):
    bays = tuple(
        evse(f"E{number}", capabilities=(f"WORD_{number}", "RFID_READER")) for number in range(50)
    )
    query = "select max(len(evidence)) from mart.acceptance"
    ((longest,),) = published(query, [location(evses=bays)], [tariff()])
    assert longest < 200
