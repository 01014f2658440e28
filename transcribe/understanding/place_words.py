"""The small words around an address: types of streets, prepositions, «будинок», «квартира», corrections, pauses.

Closed lists of the language, not of the city: names come from the register alone.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import Indel

_TYPES = {
    "вулиця": "вулиця вулиці вулицю вулицею вул вулиць вулица вулице вулици улиця улиці улицю улица улице улицу улици "
    "вуличка вуличці вуличку вулички вуличкою",
    "провулок": "провулок провулку провулка провулком провулці пров завулок завулку провулочок провулочку переулок "
    "переулку переулке",
    "проспект": "пр проспект проспекту проспекті проспекта проспектом просп проспекте проспекці",
    "бульвар": "бульвар бульвару бульварі бульвара бульваром бульв бул бульваре",
    "майдан": "майдан майдану майдані майдана майданом",
    "площа": "площа площі площу площею пл площадь",
    "шосе": "шосе",
    "узвіз": "узвіз узвозу узвозі",
    "тупик": "тупик тупику тупика",
    "проїзд": "проїзд проїзду проїзді",
}
_TYPE_OF = {form: type_ for type_, forms in _TYPES.items() for form in forms.split()}
TYPE_WORDS = tuple(_TYPE_OF)
"""Every form in which a type of street is said."""
SAME_SORT = {"площа": "майдан"}
"""What people call a type otherwise than the register."""

_INSIDE = re.compile(
    r"^(?:по|на|у|в|з|із|біля|попо|до)?"
    r"(?:(?P<вулиця>вул[иіеа]ц(?:ею|[іїюяиехь]))|(?P<провулок>пров[уо]?л?[уо]?[кч][уаоі])"
    r"|(?P<проспект>проспек[тцк]?[іуаеом]*)|(?P<бульвар>бульвар[іуаом]*)|(?P<майдан>майдан(?!чик)[іуаом]*))"
    r"(?P<rest>.*)$"
)
_RUN_TOGETHER = {
    **dict.fromkeys("повулиці навулиці вулиці".split(), "вулиця"),
    **dict.fromkeys("попровулку напровулку провулку".split(), "провулок"),
    **dict.fromkeys("попроспекту напроспекті проспекті".split(), "проспект"),
    **dict.fromkeys("побульвару набульварі бульварі".split(), "бульвар"),
    **dict.fromkeys("помайдану намайдані".split(), "майдан"),
}
NEARLY = 0.85
"""Likeness, 0 to 1, from which a run-together «по вулиці» counts as heard."""
_MISHEARD_STREET = re.compile(r"^побул(?=[иіеа]ц)")
"""«по вулиці» heard as «побули ці»."""
_BEGINS_A_TYPE = re.compile(
    r"^(?:по|на|у|в|з|біля)?(?:вули|ули|вул|пров[уо]?|просп|проспе|бульв|майд)[а-яіїє]{0,2}$|^по[бв]ул[иіеа]$"
)

BEFORE_A_PLACE = frozenset(
    "на по з із зі зо біля коло до від у в за навпроти напроти поблизу через між ріг розі перехресті перехрестя "
    "перетині адресою адреса адресі проти поруч над по-під повз уздовж вздовж перед району районі стороні сторона "
    "боки боці початку кінці кінець середині возлє напротів угол углу повороті світлофор світлофорі світлофора".split()
)
STRONGLY_A_PLACE = frozenset(
    "на по біля коло навпроти напроти ріг розі між перехресті перетині адресою адреса возлє напротів угол углу "
    "світлофор світлофорі світлофора".split()
)
DETERMINERS = frozenset(
    "всій усій всю усю вся уся всієї усієї цілій ціла наша нашій нашу нашої моя моїй цій цю цієї отій тій ту тої тієї "
    "ваша вашій вашу вашої їхній".split()
)
"""After these a name that is also an ordinary word may stand for a street; after «до», «з», «без» it does not."""

HESITATIONS = frozenset(
    "е ее еее ем ну а-а гм хм мм ммм значить це саме той як його там типу тіпа отам оце десь приблизно здається мабуть "
    "напевно певно орієнтовно".split()
)
CORRECTIONS = frozenset(
    "ні ой нє нєт вибачте вибачаюсь вибачаюся перепрошую пробачте пардон тобто точніше вірніше поправка стоп помилився "
    "помилилась помилилася обмовився обмовилась неправильно звиняйте извините сорі да тю "
    "тьху тьфу тфу господи боже матінко".split()
)
HOUSE_WORDS = frozenset(
    "будинок будинку будинка будинком будинки будинків будинках будинками дім дом дому домі дома домом буд будиночок "
    "хата хаті хату хати хатою двір двору дворі двором садиба садиби садибі номер номері номеру номером номера "
    "нумер".split()
)
SEVERAL_HOUSES = frozenset("будинки будинків будинках будинками доми домів домах".split())
NUMBER_WORDS = frozenset("номер номері номеру номером номера нумер".split())
FLAT_WORDS = frozenset(
    "квартира квартирі квартиру квартири квартирою квартіра квартірі квартіру кв кімната кімнаті кімнату "
    "офіс офісі офісу приміщення кабінет кабінеті помешкання".split()
)
FLAT_NOUNS = frozenset("квартира квартіра кв".split())
"""A number right after these counts nothing; «у квартирі вісім градусів» it does."""
BUILDING_WORDS = {
    "корпус": "корпус корпусі корпусу корп",
    "секція": "секція секції секцію",
    "під'їзд": "під'їзд під'їзді під'їзду під'їзда під'їздом підїзд підїзді підїзду підїздом парадне парадному парадка "
    "парадна під'єзд подєзд под'їзд подьезд подьезді подъезд",
    "блок": "блок блоці блоку",
}
BUILDING_OF = {form: word for word, forms in BUILDING_WORDS.items() for form in forms.split()}
AND_ALSO = frozenset("і й та також плюс".split())
NEAR_A_HOUSE = frozenset("біля коло навпроти напроти проти поруч за перед від до між поряд возлє напротів".split())

_UNIT = re.compile(
    r"^(?:годин|хвилин|секунд|дн(?:ів|і|я|ям)$|день$|доб|тижн|тиждень|місяц|рок|рік|раз|метр|грив|гривен|кілометр"
    r"|градус|відсот|проц|люд|душ$|чолов|осіб|дітей|дітям|машин|собак|пес|поверх(?:и|ів|а|у|і|ом|ах)|куб|вольт|штук|літр|мішк|ранку|вечора"
    r"|ноч|січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня|маршрут|тролейбус"
    r"|автобус|черг|школи$|садк[иі]|група|групи|сім'|квартир(?:и|ах)?$|підйом|сантим|тисяч|копі|кроків|хат$|родин|стовп"
    r"|ліхтар(?:і|ів)$|лавк|контейнер|дерев)"
)
_NUMBERED = re.compile(
    r"^(?:школ|гімназі|ліце|дитсад|садоч|садк|садик|лікарн|аптек|поліклін|маршрут|тролейбус|автобус|черг|показник|рахун"
    r"|лічильник|поверх|кабінет|палат|опор|стовп|борт|груп|заявк|заяв|звернен|скарг|тариф|код|канал|ділянк|гараж|бокс"
    r"|телефон|мені|йому|їй|має|плач|плат|стоїть|коштує|десь|близько|після|під|об?|як|не|вже|ще|по|цілих|разів|температур)"
)
_MOTION = re.compile(
    r"^(?:про|об|за|під|ви|по|до|при|з)?(?:їха|їду|їде|їжджа)|^(?:про|об|за|пі|ви|до|при)?(?:йти|йду|йде|йшо|йшл)|^(?:іти|іду)"
)
AROUND_A_NAME = frozenset("на по з із зі біля коло до від у в за ріг м місто луцьк луцьку".split())
SETTLEMENT_WORDS = frozenset("село селі села селом селище селища селищі смт с хутір хуторі".split())
DISTRICT_WORDS = frozenset(
    "квартал кварталі кварталу мікрорайон мікрорайоні мікрорайону район районі району масив масиві мкр мікрач".split()
)
CROSSINGS = frozenset(
    "ріг розі рогу перехрестя перехресті перетин перетині перехрещення перехрещенні куті кут угол углу "
    "світлофор світлофорі світлофора".split()
)
BETWEEN_CROSSING = frozenset("і й та з із зі до".split())
NAME_COMES = frozenset(
    "звати звуть прізвище прізвищем ім'я імя турбує звертається зовуть громадянка громадянин пані пан мешканка "
    "мешканець заявник заявниця".split()
)
NAMED_AFTER = frozenset("імені ім пам'яті".split())
"""«університет імені лесі українки» stands in another street."""
LANDMARKS = re.compile(
    r"^(?:школ|гімназі|ліце|дитсад|садоч|садк|садик|лікарн|поліклін|магазин|ринк|ринок|базар|церкв|храм|собор|зупин|аптек"
    r"|стадіон|вокзал|автовокзал|автостанц|пошт|університет|коледж|парк|мост|міст|заправ|сільпо|атб|банк|кладовищ|завод"
    r"|фабрик|басейн|театр|музе|бібліотек|універмаг|супермаркет|котельн|підстанц|цирк|готел|фонтан|пам'ятник|каплиц)"
)


FEW = 4
"""Up to so many, things are counted in ways that houses are named in too («два стояки»)."""


def street_type(word: str) -> str:
    """The type of street a word says in any case or shortening («вулиці», «вул»), "" for other words."""
    return _TYPE_OF.get(word, "")


def hidden_type(word: str) -> tuple[str, str] | None:
    """The type and the rest of a word in which a recogniser ran things together («повулицілескова»)."""
    found = _INSIDE.match(_MISHEARD_STREET.sub("повул", word))
    if not found:
        return None
    type_ = next(name for name in ("вулиця", "провулок", "проспект", "бульвар", "майдан") if found.group(name))
    return type_, found.group("rest")


def misheard_type(word: str) -> tuple[str, str] | None:
    """The type and the rest of a word no dictionary knows that begins nearly like «по вулиці» («популицький»)."""
    best, found = NEARLY, None
    for form, type_ in _RUN_TOGETHER.items():
        for length in (len(form) - 1, len(form), len(form) + 1):
            alike = Indel.normalized_similarity(word[:length], form)
            if length <= len(word) and alike >= best:
                best, found = alike + 0.001, (type_, word[length:])
    return found


def begins_a_type(word: str) -> bool:
    """Whether a word may be the first half of a torn type («повули | ці», «попрову | ку»)."""
    return bool(_BEGINS_A_TYPE.match(word))


def is_of_a_town(word: str) -> bool:
    """«ковельська», «ковельській»: few other nouns than a street are called so without being named."""
    return word.endswith(("ська", "цька", "зька", "ський", "цький", "зький", "ській", "цькій", "зькій", "ську", "цьку"))


def is_numbered(word: str) -> bool:
    """Whether a number after this word belongs to it: «школа двадцять», «маршрут п'ять», «днів двадцять»."""
    return bool(_NUMBERED.match(word)) or is_unit(word) or word in BEFORE_A_PLACE or word in NUMBER_WORDS


def is_motion(word: str) -> bool:
    """Whether the word is a verb of going somewhere, which may take the way in the instrumental («їхати окружною»)."""
    return bool(_MOTION.match(word))


def is_unit(word: str) -> bool:
    """Whether a number before this word counts something («дві години»), so that it is no house."""
    return bool(_UNIT.match(word))
