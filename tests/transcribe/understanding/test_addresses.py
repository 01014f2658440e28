"""The places of a message: what an operator would note down, and nothing that was not said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.street_register import OtherName, Register, RegisterSettlement, RegisterStreet
from tests.transcribe.understanding.places import SHIPPED, as_noted, noted, said
from transcribe.understanding.addresses import MOST_ADDRESSES, Places
from transcribe.understanding.tokens import tokens

TWO_NAMESAKES = Places(
    Register(
        streets=(
            RegisterStreet(1, "вулиця", "Паркова", "Луцьк"),
            RegisterStreet(2, "вулиця", "Паркова", "Милуші"),
            RegisterStreet(3, "вулиця", "Яблунева", "Милуші"),
            RegisterStreet(4, "вулиця", "Гостинна", "Луцьк", (OtherName("Станіславського", "former"),)),
            RegisterStreet(5, "вулиця", "Ярослава Мудрого", "Луцьк", (OtherName("Станіславського", "former"),)),
            RegisterStreet(6, "вулиця", "Олеся Гончара", "Луцьк"),
        ),
        settlements=(
            RegisterSettlement("UA1", "місто", "Луцьк", ""),
            RegisterSettlement("UA2", "село", "Милуші", ""),
            RegisterSettlement("UA3", "село", "Боголюби", ""),
        ),
    )
)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("проспект соборності одинадцять бе квартира сорок два", "Соборності 11-Б кв. 42"),
        ("Вул. Конякіна, буд. 24-А, кв. 45", "Конякіна 24-А кв. 45"),
        ("пр-т Волі 10, під. 3", "Волі 10 під'їзд 3"),
        ("кравчука тридцять чотири дріб один корпус два", "Кравчука 34/1 корпус 2"),
        ("моя адреса соборності одинадцять сорок два", "Соборності 11 кв. 42"),
        ("я по львівській живу дванадцятий будинок перша квартира", "Львівська 12 кв. 1"),
        ("у під'їзді номер два будинку сорок п'ять по кравчука темно", "Кравчука 45 під'їзд 2"),
        ("двадцять три по дубнівській вже тиждень без води", "Дубнівська 23"),
        ("ківерцівська навпроти п'ятдесят шостого", "Ківерцівська 56"),
        ("потебні сорок вісім поверх п'ять", "Потебні 48"),
        ("сергія климчука десять другий під'їзд між четвертим і п'ятим поверхом", "Сергія Климчука 10 під'їзд 2"),
        ("телефонує мешканка будинку по шевченка вісімнадцять", "Шевченка 18"),
        ("на улиці шевченка дом двадцять квартіра п'ять", "Шевченка 20 кв. 5"),
        ("ківерцівська двадцять вісім перед другим під'їздом", "Ківерцівська 28 під'їзд 2"),
        ("наливайка двадцять сім а як андрій квартира два", "Наливайка 27-А кв. 2"),
        ("гнідавська луцьк сорок", "Гнідавська 40"),
        ("вулиця кравчука під номером сорок сім", "Кравчука 47"),
        ("кравчука тридцять восьмий поверх ліфт став", "Кравчука 30"),
        ("вулиця волі п'ять під'їзд другий поверх третій квартира сорок", "Волі 5 під'їзд 2 кв. 40"),
        ("дубнівська двадцять три дріб один секція бе", "Дубнівська 23/1 секція Б"),
        ("стефаника п'ять мішки з листям не вивозять", "Стефаника 5"),
        ("сімнадцятий номер по ківерцівській не підметений", "Ківерцівська 17"),
        ("по конотопської битви у третьому номері холодно", "Конотопської битви 3"),
        ("навпроти сорок четвертого по рівненській плафон розбили", "Рівненська 44"),
        ("ліхтар навпроти хати тридцять два на вулиці глиняній", "Глиняна 32"),
        ("садова ну з дванадцятого номера і до кінця темно", "Садова 12"),
        ("вісімнадцять а по галшки гулевичівни", "Галшки Гулевичівни 18-А"),
        ("наш шістнадцятий будинок на кравчука вже третій день без тепла", "Кравчука 16"),
        ("кравчука вісім а піді мною сорок третя стіну ламає", "Кравчука 8 кв. 43"),
        ("живу у вісімнадцятому на кравчука", "Кравчука 18"),
        ("будинок наш п'ятий вулиця садова", "Садова 5"),
        ("вулиця садова п'ять через дріб два", "Садова 5/2"),
        ("конякіна двадцять один а квартира п'ять ні шість", "Конякіна 21-А кв. 6"),
        ("ковельська вісім немає води з шостої до десятої", "Ковельська 8"),
        ("кравчука з десятого по двадцяте липня немає води", "Кравчука"),
        ("ковельська з восьми до десяти немає води", "Ковельська"),
        ("ковельська вісім до шостої", "Ковельська 8"),
    ],
)
def test_house_entrance_and_flat_go_with_their_street(text: str, place: str) -> None:
    assert noted(text) == [place]


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("у нас на рівненській темно", "Рівненська"),
        ("зробіть щось на перемозі біля ринку", "Перемоги"),
        ("по київському майдану тролейбуси не ходять", "Київський"),
        ("на театральній площі немає світла", "Театральний"),
        ("живу на шостому малоомелянівському", "6-й Малоомелянівський"),
        ("вулиця тараса шевченка", "Шевченка"),
        ("це з левчанівської сім", "Сенаторки Левчанівської 7"),
        ("вже годину їду окружною і ні однієї машини", "Окружна"),
        ("садова", "Садова"),
        ("по всій ковельській темно", "Ковельська"),
        ("парна сторона ківерцівської", "Ківерцівська"),
        ("сім років йому набережна коло моста", "Набережна"),
        ("поливайте ту рівненську хоч раз на день", "Рівненська"),
        ("чого набережна вся сидить у темряві", "Набережна"),
        ("їду щодня окружною там яма", "Окружна"),
        ("Пришліть ветеринара. Окружна, за мостом у бік Рівного.", "Окружна"),
        ("вулиця левченка тю левчанівської сенаторки", "Сенаторки Левчанівської"),
        ("шевченка тараса п'ять прорвало трубу", "Шевченка 5"),
        ("могили петра п'ятнадцять", "Петра Могили 15"),
        ("романа шухевича десять", "Генерала Шухевича 10"),
        ("в'ячеслава чорновола", "Чорновола"),
        ("поліщук микола захарович кравчука тридцять", "Кравчука 30"),
    ],
)
def test_a_street_is_known_in_every_case_and_without_its_type(text: str, street: str) -> None:
    assert noted(text) == [street]


@pytest.mark.parametrize(
    ("text", "place", "said_name"),
    [
        ("на гордіюк тридцять", "Захисників України 30", "Гордіюк"),
        ("на чкалова дев'ять", "Івана Кожедуба 9", "Чкалова"),
        ("мешканці бенделіані вісім", "Сергія Климчука 8", "Бенделіані"),
    ],
)
def test_a_former_name_leads_to_the_present_one_and_is_told(text: str, place: str, said_name: str) -> None:
    (address,) = said(text)
    assert as_noted(address) == place
    assert address.street is not None and address.street.said_name == said_name


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("вулиця боженка це тепер магістральна чотирнадцять", "Магістральна 14"),
        ("говорова вісім по новому чубинського", "Павла Чубинського 8"),
        ("вулиця захисників україни колишня гордіюк двадцять один", "Захисників України 21"),
    ],
)
def test_a_street_named_by_both_its_names_is_one_place(text: str, place: str) -> None:
    assert noted(text) == [place]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("конякіна вісім ні вибачте десять", "Конякіна 10"),
        ("дубнівська двадцять два точніше двадцять чотири а", "Дубнівська 24-А"),
        ("на чкалова дев'ять не дев'ять а дев'ятнадцять перепрошую", "Івана Кожедуба 19"),
        ("вулиця кравчука дванадцять а ні тринадцять", "Кравчука 13"),
        ("кравчука п'ятнадцять це стара адреса тепер сімнадцять", "Кравчука 17"),
        ("кравчука п'ятнадцять тепер сім днів без води", "Кравчука 15"),
        ("грибоєдова п'ять вісім сім ой що я кажу п'ять", "Звитяжна 5"),
        ("шевченка п'ятнадцять квартира три ні вибачте квартира тринадцять", "Шевченка 15 кв. 13"),
        ("липинського десять квартира десять точніше одинадцять", "Липинського 10 кв. 11"),
        ("на яровиці ні чекайте на шевченка десять", "Шевченка 10"),
        ("вулиця шевченка ні не шевченка а винниченка двадцять шість", "Винниченка 26"),
        ("вулиця липинського десять вибачте липинського дванадцять", "Липинського 12"),
        ("не на гнідавській а на дубнівській двадцять два", "Дубнівська 22"),
        ("федорчука п'ять а то не п'ять а п'ятнадцять вибачте", "Олександра Федорчука 15"),
        ("кравчука два дріб п'ять ні дріб чотири квартира десять", "Кравчука 2/4 кв. 10"),
        ("дім двадцять чи двадцять два двадцять два точно пишіть вулиця садова", "Садова 22"),
        ("федорова чотири квартира сорок тобто героїв добровольців чотири", "Героїв-добровольців 4 кв. 40"),
        ("по драгоманова ой тю на мене по грабовського двадцять три", "Грабовського 23"),
        ("ви знаєте де продуктовий то от наш одинадцятий на кримського", "Кримського 11"),
        ("на теремнівській хата двісті п'ять а біля двісті третього посипано", "Теремнівська 205"),
        ("вулиця хортицька ні хортицька то в сестри а в нас потебні двадцять два", "Потебні 22"),
    ],
)
def test_what_the_caller_corrects_counts_as_corrected(text: str, place: str) -> None:
    assert noted(text) == [place]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("дубнівська двадцять два ні світла ні води", "Дубнівська 22"),
        ("дубнівська двадцять два ні один раз не приїхали", "Дубнівська 22"),
        ("на винниченка ні один ліхтар не горить", "Винниченка"),
        ("в нас на словацького вісімнадцять ні одної лампочки", "Словацького 18"),
    ],
)
def test_a_denial_of_something_else_is_no_correction(text: str, place: str) -> None:
    assert noted(text) == [place]


def test_several_houses_of_a_street_are_a_place_each() -> None:
    assert noted("по кравчука два чотири і шість б відключили опалення") == ["Кравчука 2", "Кравчука 4", "Кравчука 6-Б"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Будинки 5, 7 та 9 по вулиці Кравчука без тепла", ["Кравчука 5", "Кравчука 7", "Кравчука 9"]),
        ("між будинками дванадцять та чотирнадцять на кравчука", ["Кравчука 12", "Кравчука 14"]),
        ("винниченка двадцять шість квартири сорок і сорок один", ["Винниченка 26 кв. 40"]),
        ("вулиці винниченка шопена і кравчука без води", ["Винниченка", "Шопена", "Кравчука"]),
        ("волонтерська п'ять там бак і волонтерська дев'ятнадцять", ["Волонтерська 5", "Волонтерська 19"]),
        (
            "Кравчука, 2, 4; Гордіюк, 37, 39",
            ["Кравчука 2", "Кравчука 4", "Захисників України 37", "Захисників України 39"],
        ),
    ],
)
def test_rows_of_houses_are_a_place_each_however_they_are_told(text: str, places: list[str]) -> None:
    assert noted(text) == places


def test_a_second_number_may_be_a_flat_or_a_house_and_is_not_filled_in() -> None:
    (address,) = said("кравчука два чотири")
    assert (address.house, address.flat, address.sure) == ("2", "4", False)


def test_a_house_said_apart_from_its_street_is_taken_with_a_doubt() -> None:
    (address,) = said("вулиця баженова не та що біля ринку а та що за мостом двадцять дев'ять г")
    assert (as_noted(address), address.sure) == ("Глиняна 29-Г", False)
    assert noted("на кравчука немає води вже днів двадцять") == ["Кравчука"]
    assert noted("на кравчука тече біля школи двадцять") == ["Кравчука"]


def test_two_numbers_to_choose_from_leave_the_house_in_doubt() -> None:
    (address,) = said("кравчука дванадцять чи тринадцять не пам'ятаю")
    assert not address.sure


def test_several_addresses_come_in_the_order_of_speech() -> None:
    assert noted("вулиця шевченка десять і винниченка двадцять") == ["Шевченка 10", "Винниченка 20"]


@pytest.mark.parametrize(
    "text",
    [
        "на розі чорновола та стефаника тече вода",
        "перехрестя вулиць чорновола і стефаника",
        "ріг Чорновола й Стефаника, люк відкритий",
        "на розі чорновола і шевченка ні чорновола і стефаника",
        "чорновола ріг стефаника",
        "на чорновола біля перехрестя зі стефаника",
    ],
)
def test_a_crossing_is_two_streets_without_houses_and_each_names_the_other(text: str) -> None:
    first, second = said(text)
    assert (as_noted(first), as_noted(second)) == ("Чорновола", "Стефаника")
    assert "Стефаника" in first.landmark
    assert "Чорновола" in second.landmark


@pytest.mark.parametrize(
    ("text", "landmark"),
    [
        ("вулиця промислова біля заводу", "біля заводу"),
        ("на чубинського навпроти школи номер п'ять яма", "навпроти школи номер п'ять"),
        ("на кравчука перед старою аптекою", "перед старою аптекою"),
        ("кравчука сім це тридцять третій мікрорайон", "33-й"),
    ],
)
def test_a_landmark_stands_beside_its_street(text: str, landmark: str) -> None:
    (address,) = said(text)
    assert address.street is not None
    assert address.landmark == landmark


def test_the_ends_of_a_stretch_are_no_places_of_their_own() -> None:
    (address,) = said("по ковельській від рівненської до володимирської не чистять сніг")
    assert as_noted(address) == "Ковельська"
    assert address.landmark == "від рівненської до володимирської"


def test_a_landmark_alone_is_no_address() -> None:
    assert noted("гойдалка зламана біля школи номер п'ять на тридцять третьому") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("я з прилуцького вулиця травнева чотири", "Прилуцьке Травнева 4"),
        ("по вулиці левадній в олександрівці дванадцять б живу", "Олександрівка Левадна 12-Б"),
        ("у заборолі на тихій дванадцять", "Забороль Тиха 12"),
        ("Паркова, 9-А, це в Милушах", "Милуші Паркова 9-А"),
    ],
)
def test_a_village_decides_between_streets_of_one_name(text: str, place: str) -> None:
    (address,) = said(text)
    assert as_noted(address) == place
    assert address.sure


@pytest.mark.parametrize(
    ("text", "village"),
    [
        ("це з жидичина клуб закритий", "Жидичин"),
        ("в жабці стовп впав", "Жабка"),
        ("коли прийматиме в сапоговому", "Сапогове"),
        ("великий омеляник дорога розбита", "Великий Омеляник"),
    ],
)
def test_a_village_without_a_street_is_a_place_that_is_not_sure(text: str, village: str) -> None:
    (address,) = said(text)
    assert (as_noted(address), address.sure) == (village, False)


@pytest.mark.parametrize("text", ["на городку посадили моркву", "наїлися сирників", "у дачному масиві темно"])
def test_a_village_that_is_an_ordinary_word_needs_more_than_the_word(text: str) -> None:
    assert noted(text) == []


@pytest.mark.parametrize(
    ("text", "said_text", "house"),
    [
        ("вулиця незнайомська дванадцять", "незнайомська", "12"),
        ("На Акваріумній, 29 гуде трансформатор", "акваріумній", "29"),
        ("вулиця івана франка шістдесят один", "івана франка", "61"),
        ("вулиця миколи гончара сім", "миколи гончара", "7"),
        ("я з провулка барвистого вісім", "барвистого", "8"),
        ("на вулиці степана бандери темно", "степана бандери", ""),
        ("на вулиці кременецькій темно", "кременецькій", ""),
        ("на вулиці зеленій темно", "зеленій", ""),
    ],
)
def test_a_street_outside_the_register_stays_as_text_and_is_flagged(text: str, said_text: str, house: str) -> None:
    (address,) = said(text)
    assert (address.street, address.street_said, address.house) == (None, said_text, house)
    assert not address.sure
    assert "немає в реєстрі" in address.note


def test_the_type_of_a_street_outside_the_register_is_kept() -> None:
    (address,) = said("провулок барвистий вісім")
    assert (address.type_said, address.street_said) == ("провулок", "барвистий")


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("по вулиці виниченка немає води", "Винниченка"),
        ("Добре, і день у нас на вулиці ботки на немає води", "Олександра Федорчука"),
        ("у нас на вулиці королюване має води", "Корольова"),
        ("яма на дорозі повули ці герої врятувальників біля школи", "Героїв-рятувальників"),
        ("яма попрову кучерешневий біля школи", "Героїв УПА"),
        ("на лесі уграїнки перекрито рух", "Лесі Українки"),
        ("дуже велика яма на дорозі популиці набережній біля школи", "Набережна"),
        ("Дуже велика яма на дорозі побули ці гімназині, біля школи.", "Гімназійна"),
    ],
)
def test_a_misheard_street_is_found_by_its_sound(text: str, street: str) -> None:
    (address,) = said(text)
    assert address.street is not None and address.street.name == street


@pytest.mark.parametrize(
    "text",
    [
        "на вулиці холодно і темно",
        "наша вулиця вузька і брудна",
        "вийшов на вулицю а там собаки",
        "по вулиці з колодязя тече вода",
        "перемога буде за нами",
        "пальник садової техніки на паркову браму поставили",
        "мене звати марія павлова",
        "турбує кравчук іван петрович",
        "скаржуся на двірника кравчука",
        "школа номер двадцять один не опалюється",
        "чекаю сорок хвилин тролейбус дванадцять",
        "дорога до ковеля",
        "чи положена знижка на проїзд в тролейбусі",
        "університет імені лесі українки",
        "біля пам'ятника шевченку",
        "золота осінь",
        "холодно на вулиці мінус вісім а батареї ледь теплі",
        "магазин виставив колонку на вулицю і одна й та сама пісня про знижки",
        "вихід у вулицю все одно повний води",
        "дерева на бульварі вони сохнуть одне за одним",
    ],
)
def test_no_place_is_invented_where_none_was_said(text: str) -> None:
    assert noted(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("на винниченка п'ять годин немає води", "Винниченка"),
        ("на винниченка двадцять хвилин тому аварія", "Винниченка"),
        ("на соборності сорок тролейбус не приїхав", "Соборності"),
        ("на винниченка один ліхтар не горить", "Винниченка"),
        ("школа номер двадцять один на кравчука", "Кравчука"),
        ("кравчука сорок п'ять код під'їзду сто двадцять три", "Кравчука 45"),
        ("на яровиці носи крутять одна на одну дивляться", "Яровиця"),
        ("на ківерцівській ані одного ліхтаря", "Ківерцівська"),
        ("по медичній їдуть назустріч одне одному", "Медична"),
        ("стефаника один один ліхтар світить", "Стефаника 1"),
        ("кравчука один одна лампочка на весь двір", "Кравчука 1"),
        ("кравчука п'ять де перший під'їзд", "Кравчука 5 під'їзд 1"),
        ("по садовій одна й та сама яма", "Садова"),
        ("дім наш двадцять другий а вулиця стефаника сніг на даху", "Стефаника 22"),
        ("на чернишевського гасіть через один", "Чернишевського"),
    ],
)
def test_a_number_that_counts_something_is_no_house(text: str, place: str) -> None:
    assert noted(text) == [place]


def test_what_is_a_telephone_already_is_no_house() -> None:
    words = "шевченка телефон нуль дев'яносто сім сто двадцять три сорок п'ять шістдесят сім".split()
    telephone = range(2, len(words))
    assert [as_noted(address) for address in SHIPPED.said(tokens(words), telephone)] == ["Шевченка"]


def test_a_name_of_two_settlements_is_a_doubt_unless_the_settlement_was_said() -> None:
    (doubtful,) = said("паркова сім", TWO_NAMESAKES)
    assert (as_noted(doubtful), doubtful.sure) == ("Паркова 7", False)
    assert "Милуші" in doubtful.note
    assert [guess.settlement for guess in doubtful.guesses] == ["Луцьк", "Милуші"]
    assert [address.sure for address in said("луцьк паркова сім", TWO_NAMESAKES)] == [True]
    assert noted("милуші паркова сім", TWO_NAMESAKES) == ["Милуші Паркова 7"]


def test_a_street_of_a_village_is_a_doubt_when_no_village_was_said() -> None:
    (address,) = said("вулиця яблунева два", TWO_NAMESAKES)
    assert (as_noted(address), address.sure) == ("Милуші Яблунева 2", False)


def test_a_street_the_named_village_does_not_have_is_a_doubt() -> None:
    (address,) = said("село боголюби вулиця гостинна п'ять", TWO_NAMESAKES)
    assert (address.settlement, address.sure) == ("Боголюби", False)
    assert "Боголюби" in address.note


def test_a_former_name_of_two_streets_is_a_doubt_that_names_both() -> None:
    (address,) = said("на станіславського тридцять", TWO_NAMESAKES)
    assert {guess.name for guess in address.guesses[:2]} == {"Гостинна", "Ярослава Мудрого"}
    assert not address.sure


def test_a_house_that_was_renumbered_is_told_when_the_former_name_was_said() -> None:
    street = RegisterStreet(7, "вулиця", "В'їзна", "Луцьк", (OtherName("Качалова", "former"),))
    renumbered = Places(Register((street,), (), renumbered={(7, "12"): "20"}))
    (former,) = said("вулиця качалова дванадцять", renumbered)
    assert (former.house, former.sure) == ("12", False)
    assert "20" in former.note
    (present,) = said("вулиця в'їзна дванадцять", renumbered)
    assert present.sure


def test_a_square_that_the_register_knows_as_a_street_is_a_doubt() -> None:
    (address,) = said("на привокзальній площі темно")
    assert (as_noted(address), address.sure) == ("Привокзальна", False)


def test_another_first_name_is_another_street() -> None:
    assert noted("вулиця олеся гончара сім", TWO_NAMESAKES) == ["Олеся Гончара 7"]
    assert noted("вулиця миколи гончара сім", TWO_NAMESAKES) == ["«миколи гончара» 7"]


def test_a_letter_that_may_be_a_word_leaves_the_house_in_doubt() -> None:
    for text, house in (("кравчука двадцять а ліхтар горить", "20-А"), ("кравчука двадцять а немає світла", "20-А")):
        (address,) = said(text)
        assert (address.house, address.sure) == (house, False), "a wrong letter is worse than none"
        assert "«а»" in address.note
    assert [one.sure for one in said("кравчука двадцять а квартира п'ять")] == [True]


def test_every_place_knows_the_words_it_came_from() -> None:
    words = "алло це з вулиці гордіюк сорок один квартира п'ять дзвоню".split()
    (address,) = SHIPPED.said(tokens(words))
    assert [" ".join(words[first : last + 1]) for first, last in address.spans] == [
        "вулиці гордіюк",
        "сорок один",
        "квартира п'ять",
    ]


WORDS = st.sampled_from(
    "вулиця вулиці провулок на по біля ріг і та з ні вибачте не а шевченка садова садовій кравчука станіславського "
    "двадцять один п'ять дріб квартира під'їзд будинок номер 24-А, 12/3 Шевченка, село жабка милуші у , . телефон нуль "
    "від до між тараса генерала вулицішевченка повули ці Öx 99999999999999999999999 ☎ - '".split()
) | st.text(max_size=12)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=40))
def test_whatever_the_words_are_there_is_an_answer_with_spans_inside_the_message(words: list[str]) -> None:
    for address in SHIPPED.said(tokens(words)):
        assert 0.0 <= address.confidence <= 1.0
        assert len(address.guesses) <= 3
        assert all(0 <= first <= last < len(words) for first, last in address.spans)
        assert address.street or not address.sure


@pytest.mark.parametrize(
    "phrase",
    ["раз два", "вулиця шевченка п'ять", "на незрозумілській", "вулиця", "село", "ні вибачте десять", "ріг садової і"],
)
def test_ten_thousand_words_give_a_bounded_answer(phrase: str) -> None:
    words = (phrase.split() * 10_000)[:10_000]
    assert len(SHIPPED.said(tokens(words))) <= MOST_ADDRESSES


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "це шістдесят два шістдесят чотири шістдесят шість по кравчука",
            ["Кравчука 62", "Кравчука 64", "Кравчука 66"],
        ),
        ("між десятим і дванадцятим будинком по вулиці кравчука", ["Кравчука 10", "Кравчука 12"]),
        ("від будинку вісім до будинку двадцять по ковельській темно", ["Ковельська 8", "Ковельська 20"]),
        ("кравчука з десятого по двадцятий немає води", ["Кравчука 10", "Кравчука 20"]),
        ("садова парна сторона від другого до десятого", ["Садова 2", "Садова 10"]),
        ("ковельська від сорока до шістдесяти темно", ["Ковельська 40", "Ковельська 60"]),
        ("ковельська ріг набережної", ["Ковельська", "Набережна"]),
        ("на світлофорі перемоги і відродження збили людину", ["Перемоги", "Відродження"]),
        ("світлофор на чорновола і соборності зелений для всіх", ["Чорновола", "Соборності"]),
        ("яремчука привокзальна і вулиця садова де сходяться", ["Привокзальна", "Садова"]),
    ],
)
def test_every_house_of_a_row_and_every_street_of_a_crossing_is_a_place(text: str, places: list[str]) -> None:
    assert [one for one in noted(text) if one in places] == places


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("це на дворецькій тридцять вісім", "«дворецькій» 38"),
        ("Гатять від шостої ранку. Замкова, 18. Дозвіл у них є?", "«замкова» 18"),
        ("з візочком федора кричевського три", "«федора кричевського» 3"),
        ("на князя володимира вісім", "«князя володимира» 8"),
        ("антонюк павло конопніцької сім", "«конопніцької» 7"),
        ("за гаражами по вітчизняній", "«вітчизняній»"),
        ("дзвоню з липлян на лісовій ані одної лампочки", "Липляни «лісовій»"),
        ("вулиця польова в прилуцькому темно", "Прилуцьке «польова»"),
        ("у нас у озерці яма повна вулиця вишнева три", "Озерце «вишнева» 3"),
    ],
)
def test_a_street_outside_the_register_stays_as_it_was_said(text: str, place: str) -> None:
    (address,) = said(text)
    assert (as_noted(address), address.guesses, address.sure) == (place, (), False)


@pytest.mark.parametrize(
    "text",
    [
        "вулиця вузька і машини не роз'їдуться",
        "вулиця готова вже",
        "мене звати павло конопніцький",
        "холодна вода п'ять днів",
        "тепер шкільна їдальня закрита",
        "у шістнадцятому номері маршрутки хамить водій",
        "у марії петрівни вісім котів",
        "шевченка марія дякую за увагу",
        "викликали лікаря коваленка п'ять разів",
    ],
)
def test_what_is_said_of_a_street_or_a_person_is_no_street(text: str) -> None:
    assert noted(text) == []


@pytest.mark.parametrize(
    ("text", "village"),
    [
        ("жителі іванчиць просять огорожу", "Іванчиці"),
        ("криниця у клепачеві обвалилась", "Клепачів"),
        ("село клепачі ой клепачів автобус не їде", "Клепачів"),
        ("пасовище в озденежі розорали", "Озденіж"),
    ],
)
def test_a_village_is_known_in_every_case(text: str, village: str) -> None:
    assert noted(text) == [village]


def test_the_house_said_beside_a_wrong_street_goes_to_the_right_one_in_doubt() -> None:
    (address,) = said("на кравчука двадцять ой ні на шевченка немає води")
    assert (as_noted(address), address.sure) == ("Шевченка 20", False)
