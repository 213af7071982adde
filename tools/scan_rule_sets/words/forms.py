"""Forms of values, as RE2 patterns (a value matches in full). Read by `default_rules` only."""

from __future__ import annotations

WORD = r"\p{L}[\p{L}\p{M}'’`.\-]*"
WORDS = rf"{WORD}(?:,? {WORD}){{0,5}}"
TITLE = r"[\p{L}\d][\p{L}\p{M}\d'’.&,/()+\- ]*"
_CAPITAL = r"\p{Lu}[\p{L}\p{M}'’`.\-]*"
_PARTICLE = (
    r"(?:de|da|do|dos|das|du|des|van|von|vom|zu|zur|der|den|dem|ten|ter|del|della|di|la|le|el|al|"
    r"bin|ibn|y|e|af)"
)
FULL_NAME = (
    rf"{_CAPITAL}(?:,? (?:{_PARTICLE} ){{0,2}}{_CAPITAL}){{1,4}}",
    r"\p{Ll}[\p{Ll}'’.\-]*(?:,? \p{Ll}[\p{Ll}'’.\-]*){1,3}",
    r"[\p{Lo}\p{M}]+(?: [\p{Lo}\p{M}]+){1,4}",
)
_FAR = r"[\p{Arabic}\p{Hebrew}\p{Devanagari}\p{Bengali}\p{Tamil}\p{Thai}\p{Greek}\p{M}.\x{200d}]"
FAR_NAME = rf"{_FAR}+(?:[ ,]{{1,2}}{_FAR}+){{1,4}}"
# How many surnames of Europe and western Asia end or begin; elsewhere they are rare
SURNAME = (
    rf"(?:{_CAPITAL},? ){{0,3}}(?i:Mc|O'|O’)\p{{Lu}}\p{{L}}+",
    rf"(?:{_CAPITAL},? ){{0,3}}\p{{Lu}}\p{{L}}+(?:sson|ssen|nsen|rsen|dsen|lsen|(?:nd|rn|"
    rf"rt|mp|nk|nch|gu|rr|lv|qu|m|t)ez|"
    r"wski|wska|cki|cka|icz|enko|escu|yan|ková|nová|ová|oglu|oğlu|opoulos|idis|akis|oulou|"
    r"shvili|dze|"
    r"ić|etti|elli|ucci|mann|meier|huber|bauer|stein|feld|quist|d[óo]ttir|nen|auskas|ienė|aitė|"
    r"vičius|kevičius|zadə|zade|ović|ovic|evic|ová|eva|[bdgklmnprstvz]ova|wicz|czyk|chuk|chenko|"
    r"kaitė|ytė|marsson|opoulou|iadis|akos|"
    r"qvist|gren|ström|"
    r"berg|lund|dahl)(?: .+)?",
    r"(?:\p{Cyrillic}+ ){0,2}\p{Cyrillic}+(?:ова?|ева?|ёва?|ина?|енко|ук|юк|ский|ская)",
    r"\p{Cyrillic}+(?:ова?|ева?|ёва?|ина?|енко)(?: \p{Cyrillic}+){1,2}",
    r".*\p{Cyrillic}(?:вич|вна)(?: \p{Cyrillic}+)?",
    # A nisba, or a house; of towns and trades few are written like that
    r"(?:\p{Arabic}+ ){0,2}(?:ال\p{Arabic}{2,}ي|(?:آل|ال) \p{Arabic}{3,})",
    r"(?:\p{Georgian}+,? )?\p{Georgian}+(?:ძე|შვილი|ია|უა|ავა|იანი)(?:,? \p{Georgian}+)?",
    r"(?:\p{Armenian}+ )?\p{Armenian}+(?:յան|յանց)(?:,? \p{Armenian}+)?",
    r"(?:\p{Greek}+ )?\p{Greek}+(?:όπουλος|οπούλου|ίδης|ίδου|άκης|άκη|ιάδης|έας|ούδης)(?:,? "
    r"\p{Greek}+)?",
)
EAST_ASIAN_NAME = (
    r"[王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭"
    r"曾肖田董潘袁于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范石廖贾賈韦韋付傅夏邹鄒"
    r"熊孟秦阎閻薛侯雷龙龍段郝孔邵史毛顾顧赖賴康贺賀严嚴尹钱錢施洪龚龔卓翁柯欧歐庄莊]\p{Han}{1,2}|"
    r"[김이박최정강조윤장임한오서신권황안송류홍전고문손양배백허남심노하곽성차주우구]\p{Hangul}{1,2}|"
    r"[佐鈴高田渡伊山中小加吉木林斎清森池橋石前藤岡長後近村遠青坂福太三松井]"
    r"\p{Han}{1,2}[ 　]?[\p{Han}\p{Hiragana}]{1,3}"
)
SEVERAL_WORDS = r"\S+(?:[ \-,&]+\S+)+"
TEXT = r"(?s).*\p{L}.*"
NO_SPACES = r"\S{2,}"
ISO_DATE = r"\d{4}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])"
DAY_FIRST = r"(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:\d{4}|\d{2})"
MONTH = (
    r"(?:jan|feb|fév|fev|mar|mär|apr|abr|avr|may|mai|maj|mei|mag|jun|jui|giu|jul|lug|aug|ago|aoû|"
    r"sep|set|oct|okt|out|ott|nov|dec|dez|dic|déc|gen|ene|янв|фев|мар|апр|ма|июн|июл|авг|сен|окт|"
    r"ноя|дек)\p{L}*\.?"
)
WEEKDAY = r"(?:\p{L}{2,10}\.?,? )?"
WRITTEN = (
    rf"(?i){WEEKDAY}\d{{1,2}}(?:st|nd|rd|th|er|\.|º)?[ -](?:de )?{MONTH}(?:,? (?:de )?|"
    rf"-)(?:\d{{4}}|\d{{2}})"
)
MONTH_FIRST = rf"(?i){WEEKDAY}{MONTH}[ -]\d{{1,2}}(?:st|nd|rd|th)?(?:, ?| |-)\d{{4}}"
COMPACT_DATE = r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
MONTH_OR_YEAR = r"(?:0[1-9]|1[0-2])(?:20)?[1-4]\d|0?[1-9]|1[0-2]|(?:20)?[0-4]\d"
MONTH_AND_YEAR = r"(?:0?[1-9]|1[0-2]) ?[/.-] ?(?:20)?[0-4]\d|20[1-4]\d[-/](?:0[1-9]|1[0-2])"
HOUR = r"(?i)(?:1[0-2]|0?\d) ?[ap]\.?m\.?"
HAN_DATE = r"\d{4}年\d{1,2}月\d{1,2}日"
DATES = (ISO_DATE, DAY_FIRST, WRITTEN, MONTH_FIRST, HAN_DATE)
CLOCK = r"(?:[01]?\d|2[0-4])[:h][0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?(?: ?[AaPp]\.?[Mm]\.?)?"
ZONE = r"(?: ?(?:Z|[A-Z]{3,4}|(?:UTC|GMT)?[+-]\d{2}(?::?\d{2})?))?"
MOMENT = rf"{CLOCK}{ZONE}"
MOMENTS = (
    rf"{ISO_DATE}(?:T|,? ){MOMENT}",
    rf"{DAY_FIRST},? {MOMENT}",
    rf"{WRITTEN},? (?:at )?{MOMENT}",
    rf"{MONTH_FIRST},? (?:at )?{MOMENT}",
    rf"(?i){WEEKDAY}{MONTH} \d{{1,2}} (?:\d{{4}} {MOMENT}|{MOMENT} \d{{4}})"
    r"(?: \([^()]*\))?",
)
EPOCH = r"1\d{9}(?:\d{3}|\.\d{1,6})?"  # seconds or milliseconds since 1970, from 2001 to 2033
YEAR = r"19\d{2}|20[0-2]\d"
BEFORE_1990 = (
    r"19[2-8]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])",
    rf"(?:19[0-8]\d)[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?:[T ]{MOMENT})?",
    rf"\d{{1,2}}[-/.]\d{{1,2}}[-/.]19[0-8]\d(?:[T ]{MOMENT})?",
    rf"(?i)(?:\d{{1,2}}[ -]{MONTH}|{MONTH} \d{{1,2}},?)[ -]19[0-8]\d",
)
NUMBER = r"-?\d+(?:[.,]\d+)?"
DECIMAL = r"[+-]?\d{1,3}\.\d+"
CODE = (
    r"(?:USD|EUR|GBP|JPY|CNY|CHF|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RUB|INR|BRL|MXN|ZAR|TRY|SGD)"
)
SIGN = rf"(?:(?:US|CA|AU|A|C|NZ|HK|R|S)?[$]|[€£¥₹₽₩₺₴₪฿]|{CODE}|kr\.?|zł|Kč|Ft|руб\.?|Rs\.?|CHF)"
AMOUNT = r"\d[\d.,'\x{a0} ]*"
LANGUAGE_CODES = (
    r"(?:a[abefkmnrsvyz]|b[aeghimnors]|c[aehorsuvy]|d[aevz]|e[elnostu]|f[afijory]|g[adlnuv]|"
    r"h[aeiortuyz]|i[adegikostu]|j[av]|k[agijklmnorsuvwy]|l[abginotuv]|m[ghiklnrsty]|"
    r"n[abdeglnorvy]|o[cjmrs]|p[ailst]|qu|r[mnouw]|s[acdegiklmnoqrstuvw]|t[aeghiklnorstwy]|"
    r"u[gkrz]|v[eio]|w[ao]|xh|y[io]|z[ahu])"
)
LANGUAGE_TAG = rf"{LANGUAGE_CODES}(?:[-_](?:[A-Z][a-z]{{3}}|[A-Za-z]{{2}}|419))?"
STREET_END = (
    r"straße|strasse|straat|str\.|str|weg|platz|gasse|allee|gade|vej|gata|gatan|vägen|veien|gaten|"
    r"laan|plein|kade|gracht|dijk|katu|tie|damm|ring|ufer|markt|allé|utca|vegen|stræde|dreef|"
    r"singel"
)

# Counted repetitions of "any character" are avoided throughout: they blow up RE2's automaton
NUMBER_AND_WORDS = (
    r".*\d[^ ]*[ ,]+\p{L}.*[ ,.]\p{L}.*|\p{L}.*[ ,.]+\p{L}.*[ ,.]#?\d.*|\p{L}{3}.*\p{Ll}\.? ?\d.*"
)
ADDRESS = (
    rf"(?i)\p{{L}}[\p{{L}}' .\-]*(?:{STREET_END})[ ,.]+\d.*",
    r"[^,(]*\d[^,]*,[^,]*\p{L}{3}[^,]*(?:,[^,]+)+|[^,(]*\p{L}{3}[^,(]*\d[^,]*,[^,]+(?:,[^,]+)+",
    r".*\p{L} ?\d+ ?\p{L}?, ?(?:\p{L}{1,2}-)?\d[\d ]{2,5} \p{Lu}.*",
    r".*[\p{Han}].*[市区區町村県都府道路街巷弄号號楼樓室座里].*\d.*|"
    r".*[\p{Han}].*[市区區町村県路街巷弄道].*\d+.*[号號楼樓室座]?.*",
    r"\p{Hangul}+(?:시|도|군|구) .*(?:로|길|동|읍|면) ?\d.*|\p{Hangul}{2,10}(?:로|길) \d[\d\-]*",
    r"\p{Han}+(?:路|街|大道|巷|胡同)[A-Z0-9]+(?:座|号|室|楼|栋)",
    r"(?i)(?:h|house|plot|flat|door)\.? ?no\.? ?\d.*|"
    r"\p{L}.* (?:utca|útja?|köz|tér|sor|körút|fasor) \d.*",
    r"(?i)\d[\d/.\- ]* (?:đường|phố|ngõ|khu|شارع|حي|بلدية|نهج|ถ\.|ถนน|ซอย) ?.*|số \d.*",
    r"(?i)(?:ul\.?|ulica|ulice|улица|ул\.?|вул\.?|вулиця|просп\.?|пр\.?|наб\.?|пер\.?|бул\.?|"
    r"пл\.?|шоссе|ш\.|площа|сквер|алле[яї]|алея|проезд|тупик|проспект|узвіз|"
    r"avenija|trg|cesta|distrito|praia|morro|estação|setor|núcleo|vila|viela|vereda|recanto|parque|"
    r"jardim|quadra|residencial|rodovia|trevo|trecho|loteamento|ladeira|favela|fazenda|feira|"
    r"esplanada|conjunto|condomínio|colônia|chácara|campo|lago|lagoa|passarela|pátio|sítio|"
    r"набережна|провулок|str\.?|strada|aleea|calea|bd\.?|bulevardul|intrarea|drumul|soseaua|"
    r"șoseaua|οδός|λεωφόρος|שד|רח|"
    r"jl\.?|jalan|gang|gg\.?|kp\.?|privada|prolongación|calzada|andador|circuito|ampliación|"
    r"diagonal|cerrada|circunvalación|"
    r"avda\.?|av\.?|r\.|rua|travessa|largo|praça|estrada|via|viale|piazza|corso|vicolo|contrada|"
    r"borgo|strada|stretto|"
    r"rue|avenue|boulevard|chemin|place|allée|impasse|calle|plaza|pasaje|ronda|paseo|callejón|"
    r"rambla|alameda|acceso|cuesta|"
    r"glorieta|urbanización|vial|cañada|camino|carrer|passeig) .*\d.*",
)
# As houses are numbered, and not as years are
_HOUSE = r"(?:\d{1,3}|1[0-8]\d{2}|[3-9]\d{3})"
NUMBERED = (
    rf"(?:{_HOUSE}|\d{{5}})[A-Za-z]?(?:[-/]\d+[A-Za-z]?)?,? "
    r"\p{Lu}[\p{L}'.\-]*\p{Ll}(?: [\p{L}'.\-]+){0,5}",
    rf"\p{{Lu}}[\p{{L}}'.\-]*\p{{Ll}}(?: [\p{{L}}'.\-]+){{0,5}},? {_HOUSE}(?:[-/ ]?[A-Za-z]{{1,2}}|"
    r"[-/]\d{1,3}[a-z]?)?",
)
UNIT = (
    r"(?i)(?:suites?|ste|apt|apartment|units?|rooms?|rm|floor|fl|bldg|building|dept|"
    r"p\.? ?o\.? ?box|box|postfach|boîte postale|b\.?p|apartado|casilla|piso|planta|etage|étage|"
    r"stock|top|whg|wohnung|appartement|appt|bus|lgh|кв|квартира|офис)\.? ?"
    r"(?:#|no\.?|n[°º]|nr\.?)? ?(?:\d+[- ]?\p{L}?|\p{L}[- ]?\d*)",
    r"(?i)\d{1,3}(?:st|nd|rd|th|º|ª|er|e|ème|\.)? (?:floor|fl|piso|planta|etage|étage|stock|og)",
    r"# ?(?:\d+\p{L}?|\p{L}\d*)",
)
_EXTENSION = r"(?: ?(?:x|ext\.?|#) ?\d{1,6})?"
PHONE = (
    rf"(?:\+|00)\d{{1,3}}[ .\-/]?"
    rf"(?:\(\d{{1,5}}\)[ .\-]?)?\d{{1,5}}(?:[ .\-/]?\d{{2,5}}){{1,5}}{_EXTENSION}",
    rf"(?:(?:\+?1|001)[ .\-]?)?(?:\(\d{{3}}\)[ .\-]?|"
    rf"\d{{3}}[ .\-])\d{{3}}[ .\-]\d{{4}}{_EXTENSION}",
    rf"(?:\+\d{{1,3}} ?)?\(\+?\d{{1,5}}\)[ .\-/]?\d{{1,5}}(?:[ .\-]?\d{{2,5}}){{1,4}}{_EXTENSION}",
    rf"0\d{{1,4}}[ /\-.]\d{{2,8}}(?:[ .\-]?\d{{2,4}}){{0,4}}{_EXTENSION}",
    r"\d{2,3}[ .\-]\d{4,5}[ \-]\d{4}|\d{2}(?: \d{2}){3}|"
    r"8[ \-]\(?\d{3}\)?[ \-]\d{3}[ \-]\d{2}[ \-]\d{2}",
    r"\d{2,3}[/ ]\d{3}[ \-]\d{4}|1[3-9]\d{9}|\d{3}[ .\-]\d{3}[ .\-]\d{2}[ .\-]\d{2}",
    r"[5-9]\d{2}(?:[ .\-]\d{3}){2}|2\d{2,3} \d{6,7}|69\d{2} \d{3} \d{3}",
    r"(?i)tel[.:]? ?\+?[\d ().\-/]{6,20}",
)
PHONE_DIGITS = r"[+(]*\d[\d ().\-/+*#]{4,24}(?: ?(?:x|ext\.?) ?\d{1,6})?"
CARD_GROUPED = (
    r"[2-6]\d{3}([ -]\d{4}){3}",
    r"[xX*•#]{4}(?:[ -]?[xX*•#]{4}){2}[ -]?\d{4}",
    r"3[47]\d{2}[ -]\d{6}[ -]\d{5}",
)
CARD_BARE = (
    r"4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3[068]\d{12}|35\d{14}|6(?:011|"
    r"4\d\d|5\d\d)\d{12}|62\d{14,17}|(?:50|5[6-8]|6[0137])\d{10,17}"
)
CARD_ANY = (r"[\d*xX•#][\d*xX•# \-]{10,22}[\d*xX]", r"\d\.\d+[eE]\+1[0-9]")
LAST_FOUR = r"[*xX•#\- ]{0,20}\d{4}"
SSN = r"[\d*xX#•]{3}[- ][\d*xX#•]{2}[- ]\d{4}"
SSN_ANY = r"[\d*xX#•]{3}[- ]?[\d*xX#•]{2}[- ]?[\d*xX#•]{4}"
IBAN = r"(?i)[A-Z]{2}\d{2} ?(?:[A-Z0-9]{4} ?){2,7}[A-Z0-9]{1,4}"
VIN = (
    r"(?i)(?:[A-HJ-NPR-Z][A-HJ-NPR-Z0-9]{2}|\d[A-HJ-NPR-Z][A-HJ-NPR-Z0-9])[A-HJ-NPR-Z0-9]{10}\d{4}"
)
IP = (
    r"(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2}|:\d{2,5})?|"
    r"[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,40}(?:/\d{1,3})?"
)
# A number over 31 somewhere, which versions of software seldom have
_OVER_31 = r"(?:\d{3}|3[2-9]|[4-9]\d)"
IP_SURELY = (
    rf"(?:{_OVER_31}(?:\.\d{{1,3}}){{3}}|\d{{1,3}}\.{_OVER_31}(?:\.\d{{1,3}}){{2}}|"
    rf"(?:\d{{1,3}}\.){{2}}{_OVER_31}\.\d{{1,3}}|(?:\d{{1,3}}\.){{3}}{_OVER_31})"
    r"(?:/\d{1,2}|:\d{2,5})?|"
    r"[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,40}(?:/\d{1,3})?"
)
# Post codes whose form nothing else has; those of digits alone need the column's name
POSTAL_CODE = (
    r"(?i)[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}",
    r"(?i)[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d",
    r"\d{5}-\d{4}",
    r"[1-9]\d{3} ?[A-Z]{2}",
    r"\d{2}-\d{3}|\d{5}-\d{3}|\d{3} \d{2}|〒?\d{3}-\d{4}",
    r"(?:A|B|CH|D|DK|F|FIN|H|I|L|LT|LV|MD|N|S|SE|SI|SK|UA)-\d{4,6}",
    r"[A-Z]\d{2} ?[A-Z0-9]{4}",
    r"[A-Z]\d{4}[A-Z]{3}",
    r"\d{4}-\d{3}|(?i:AZ|LV|MD|LT)[ -]?\d{4}|[1-9]\d{4} \d{2}",
)
POSTAL_CODE_ANY = r"[A-Za-z]{0,3}[ -]?\d[A-Za-z0-9]{1,4}(?:[ -]?[A-Za-z0-9]{2,5})?"
PERSONAL_NUMBER = (
    r"(?i)[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]|[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z0-9]\d",
    r"(?i)[XYZ]?-?\d{7,8}-?[A-Z]|[A-Z]{5}\d{4}[A-Z]",
    r"\d{3}\.\d{3}\.\d{3}-\d{2}|\d{1,2}\.\d{3}\.\d{3}-[\dkK]|\d{6}[-+A]\d{3}[\dA-Z]|"
    r"\d{6}[-/]\d{3,5}",
    r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}|\d{6}-\d{7}|\d{2}-\d{8}-\d",
    r"[12] ?\d{2} ?\d{2} ?\d[\dAB] ?\d{3} ?\d{3} ?\d{2}|\d{9,13}|\d{15}|\d{17}[\dX]",
)
# Forms that little else has, whatever their check digits say
NATIONAL_ID = (
    r"\d-\d{4}-\d{5}-\d{2}-\d|756\.\d{4}\.\d{4}\.\d{2}|\d{2}[01]\d[0-3]\d-[1-8]\d{6}",
    r"\d{3}\.\d{3}\.\d{3}-\d{2}|\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}|[12]?\d\.\d{3}\.\d{3}-[\dkK]",
    r"[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z0-9]\d|[A-Z]{6}\d{2}[A-EHLMPRST][0-7]\d[A-Z]\d{3}[A-Z]",
    r"\d{5}-\d{7}-\d|\d{4}-\d{7}-\d|\d{3}-\d{3}-\d{3} \d{2}|20-\d{8}-\d|27-\d{8}-\d",
    r"[12] \d{2} [01]\d \d[\dAB] \d{3} \d{3}(?: \d{2})?|\d{6}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dX]",
    r"\d{2}[0156]\d[0-3]\d/\d{3,4}|(?:19|20)?\d{2}[01]\d[0-3]\d[-+]\d{4}|[0-3]\d[01]\d{3}-\d{4}",
    r"[0-3]\d[01]\d{3}[-+A-FY]\d{3}[\dA-Y]|[STFGM]\d{7}[A-Z]|[A-Z]{3}[PCHFT][A-Z]\d{4}[A-Z]",
    r"[A-Z]{1,2}\d{6}\([\dA]\)|\d{8}-?[A-HJ-NP-TV-Z]|[XYZ]-?\d{7}-?[A-HJ-NP-TV-Z]",
    r"[A-Z][1289]\d{8}|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?\d{2}){3} ?[A-Z]",
)
NATIONAL_INSURANCE = r"(?i)[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]"
ID_NUMBER = r"(?i)[A-Z0-9*][A-Z0-9*\-./ ]{3,24}"
LICENCE_GB = r"[A-Z9]{5}\d{6}[A-Z9]{2}[A-Z0-9]{3}"
COORDINATES = (
    r"[(\[]?[+-]?\d{1,3}\.\d+°?[NS]?[ ,;/]+[+-]?\d{1,3}\.\d+°?[EW]?[)\]]?",
    r"(?i)(?:SRID=\d+;)?POINT ?Z? ?\(-?\d+(?:\.\d+)? -?\d+(?:\.\d+)?[^()]*\)",
    r"\d{1,3}[°º] ?\d{1,2}['′’] ?(?:\d{1,2}(?:\.\d+)?[\"″”]|\d{1,2}'')? ?[NSEWO].*",
)
AGE = (
    r"(?i)\d{1,3}(?:\.\d{1,2})?(?: ?(?:-|–|to) ?\d{1,3}|\+)?(?: ?(?:years?|yrs?|yo|y/o)(?: old)?)?"
)
MONEY = (
    rf"[(\-]?{SIGN} ?-?{AMOUNT}\)?(?:,-| ?{CODE})?(?: ?(?:-|–) ?{SIGN} ?{AMOUNT})?",
    rf"-?{AMOUNT}(?:,-)? ?{SIGN}",
)
URL = (
    r"(?i)(?:https?|ftp|s3|jdbc:\w+)://\S+",
    r"(?i)www\.\S+\.\S+",
    r"(?i)(?:[\p{L}\d](?:[\p{L}\d\-]*)\.)+(?:com|org|net|edu|gov|mil|int|info|biz|io|co|ai|app|"
    r"dev|me|tv|eu|us|uk|ca|au|nz|de|at|ch|fr|be|nl|lu|it|es|pt|ie|se|no|dk|fi|pl|cz|sk|hu|ro|bg|"
    r"gr|ru|ua|tr|il|in|cn|jp|kr|hk|sg|tw|br|mx|ar|cl|za|online|shop|store|site|xyz|tech|"
    r"cloud)(?:/\S*)?",
    r"(?i)schema\.org/\S+",
)
PASSWORD_HASH = (
    r"\$(?:2[abxy]|argon2\w{0,2}|5|6|y|7|scrypt|pbkdf2[\w\-]*)\$\S{10,}|pbkdf2_sha\d+\$\S+",
    r"\{(?:S?SHA\d*|MD5|CRYPT|BCRYPT)\}\S+|(?:scrypt|pbkdf2):\S+\$\S+",
)
MIXED_WORD = r"[!-\-0-9;-~]{6,20}"
_LOGIN_NAMES = (
    r"(?:adam|alex|alice|alan|albert|amanda|amy|andre[aw]?s?|angela|anna|annie|anthony|antonio|"
    r"ashley|"
    r"barbara|benjamin|bernd|betty|brandon|brian|bruno|carla|carlos|carol|charles|chris|christ|"
    r"claire|"
    r"claud|daniel|david|debra|denis|diana|donald|donna|dorothy|edward|elena|elisa|elizabeth|"
    r"emily|emma|"
    r"eric|erik|fabi|fernand|filip|francis|frank|fred|gabriel|gary|george|gloria|greg|hannah|"
    r"hans|harry|"
    r"heather|helen|henri|henry|hugo|isabel|jack|jacob|jaime|james|jamie|jane|janet|jason|jean|"
    r"jeff|"
    r"jenni|jeremy|jerry|jessica|jill|jimmy|joan|joel|johan|john|jonathan|jordan|jorge|jose|"
    r"joseph|"
    r"joshua|juan|julia|julie|justin|karen|karl|kath|katie|keith|kelly|kenneth|kevin|kimberly|"
    r"kyle|"
    r"larry|laura|lauren|leonard|linda|lisa|louis|lucas|lucia|luis|luke|marc|marcus|margaret|"
    r"maria|"
    r"marie|marina|mario|martha|martin|mary|matt|maxime|megan|melissa|michael|michel|miguel|mike|"
    r"monica|nancy|natalie|nathan|nicholas|nicol|nina|oliver|olivia|oscar|pablo|pamela|patric|"
    r"paul|"
    r"pedro|peter|philip|pierre|rachel|ralph|raymond|rebecca|ricardo|richard|robert|roger|roland|"
    r"ronald|ryan|samantha|samuel|sandra|sarah|scott|sean|sergi|sharon|shannon|simon|sophi|"
    r"stefan|steph|"
    r"steven|susan|sylvi|tamara|teresa|theresa|thomas|tiffany|timothy|tony|tyler|valeri|vanessa|"
    r"veronica|victor|vincent|virginia|walter|wayne|wendy|william|yvonne|zach)"
)
_LOGIN_SURNAMES = (
    r"(?:smith|johnson|williams|brown|jones|garcia|miller|davis|rodriguez|martinez|hernandez|"
    r"lopez|"
    r"gonzalez|wilson|anderson|thomas|taylor|moore|jackson|martin|perez|thompson|harris|sanchez|"
    r"clark|"
    r"ramirez|lewis|robinson|walker|allen|wright|torres|nguyen|flores|adams|nelson|baker|rivera|"
    r"campbell|mitchell|carter|roberts|gomez|phillips|evans|turner|diaz|parker|edwards|collins|"
    r"reyes|"
    r"stewart|morris|morales|murphy|cooper|peterson|bailey|kelly|howard|ramos|richardson|watson|"
    r"brooks|"
    r"wood|james|bennett|hughes|sanders|patel|myers|foster|jimenez|powell|jenkins|russell|"
    r"sullivan|"
    r"jensen|nielsen|hansen|pedersen|andersen|larsen|olsen|berg|schmidt|schneider|fischer|meyer|"
    r"weber|"
    r"wagner|becker|hoffmann|schulz|koch|bauer|richter|klein|wolf|neumann|schwarz|zimmermann|"
    r"braun|"
    r"kruger|hartmann|lange|werner|krause|lehmann|rossi|russo|ferrari|esposito|bianchi|romano|"
    r"ricci|"
    r"silva|santos|oliveira|souza|lima|pereira|costa|ferreira|almeida|ribeiro|bernard|dubois|"
    r"durand|"
    r"moreau|laurent|simon|michel|leroy|roux|fournier|girard|bonnet|dupont|lambert|novak|svoboda|"
    r"ivanov|popov|petrov|kowalski|nowak|berg|son|sen|ski|ska|ova|enko|ez)"
)
LOGIN = (
    rf"@?{_LOGIN_NAMES}(?:[._\-]?[a-z]{{3,16}}\d{{0,4}}|[._\-]?[a-z]{{0,2}}\d{{1,4}})",
    rf"@?[a-z]{{1,12}}[._\-]?{_LOGIN_SURNAMES}\d{{0,4}}",
    rf"@?[a-z]{{1,12}}[._\-]?{_LOGIN_NAMES}[a-z]{{0,3}}\d{{0,4}}",
    r"[A-Z]?[a-z]{2,14}[._][A-Z]?[a-z]{2,14}_?\d{2,4}|[A-Za-z]{3,14}[._\-]?(?:19[4-9]\d|"
    r"20[0-2]\d)",
)
LOGIN_NUMBERED = r"[a-z]{3,}(?:[._]?[a-z]+)?[._]?\d{1,4}"
LEGAL_FORM = (
    r"\p{Lu}[\p{L}'’\- ]*, \p{Lu}[\p{L}'’\- ]* (?:and|und|et|y|e|och|og|en|i|a|ja|és|și|ve|&) "
    r"\p{Lu}.*",
    r"(?i).+ (?:and|und|et|y|e|och|og|en|i|&) (?:sons|söhne|fils|hijos|filhos|figli|zonen|sønner|"
    r"söner|synowie|synové|co\.?|cie|partners?|associates|associés|asociados|associados|"
    r"daughters)",
    r"\p{L}.+[ ,]\(?(?i:inc|incorporated|llc|llp|l\.l\.c|ltd|limited|corp|corporation|co|company|"
    r"plc|"
    r"gmbh|ag|kg|ohg|ug|e\.v|s\.?a\.?s?|sarl|eurl|snc|s\.?r\.?l|s\.?p\.?a|s\.?l|s\.?l\.?u|b\.?v|"
    r"n\.?v|ab|oy|oyj|a/?s|asa|aps|ans|kft|zrt|nyrt|bt|s\.?r\.?o|a\.s|k\.s|v\.o\.s|"
    r"sp\. ?z ?o\. ?o|sp\. ?j|s\.c|a\.ş|ltd\. şti|ltda|lda|s/a|pty|pvt|pte|bhd|tbk|de c\.v|"
    r"s\.r\.l\. de c\.v|e\.i\.r\.l|d\.o\.o|d\.d|j\.d\.o\.o|"
    r"s\.n\.c|s\.a\.c|s\.c\.a|k/s|hf|ehf|uab|oü|d\.n\.o|e\.u|vof|eirl|gbr|kgaa|"
    r"gmbh & co\. ?ohg|stiftung & co\. ?kgaa|eood|ood|dooel|"
    r"gmbh & co\. ?k?g?a?|& co)\.?\)?",
    r"(?:ООО|ЗАО|ОАО|ПАО|АО|НПО|ИП|ФГУП|ТОВ|ТзОВ|ПрАТ|ПП|PT|CV|UD|Perum|PD|Công ty|شركة|مجموعة|"
    r"شرکت|"
    r"บริษัท|Grupo|Groupe|Gruppo|Fundacja|Stowarzyszenie|Spółdzielnia|Koninklijke|Stichting|"
    r"Verein|"
    r"Association|Société|Banque|Banco|Banca|Université|Universidad|Universidade|Università|"
    r"Universität"
    r"|Instituto|Institut|Hôtel|Hotel|Restaurante?|Ristorante|Pizzeria) .+",
    r".*(?:有限公司|公司|集团|集團|科技|传媒|网络|信息|株式会社|有限会社|合同会社|주식회사|"
    r"유한회사|\(주\)|\(유\)|㈜).*",
    r"\p{Lu}[\p{L}'’\-]+ & \p{Lu}.*",
)
CITY = (
    r"(?:San|Santa|Santo|São|Saint|Sankt|St\.?|Sainte|Ste|Port|Puerto|Fort|Mount|Mt\.?|New|Lake|"
    r"Bad|El|La|Las|Los|Le|Les|North|South|East|West|Villa|Ville de|Nova|Novo|Nowy|Nowa|Stary|"
    r"Nizhny|Upper|Lower|Great|Little|Cape|Palm|Rio) \p{Lu}.*",
    r"\p{Lu}[\p{L}' .\-]*(?:ville|burg|burgh|borough|boro|bury|dale|field|ford|fort|furt|ham|"
    r"haven|heim|hausen|dorf|stadt|mouth|polis|port|side|stad|ton|town|view|wick|worth|bach|grad|"
    r"abad|pur|nagar|stown|chester|hagen|hoven|kirchen|kirche|walde|leben|bronn|zell|felden| City|"
    r" Beach| Springs?| Falls| Heights| Hills?| Grove| Park| Creek| Island| Ridge| Valley)",
    r"[\p{Han}]{1,4}[市县縣區区町村郡]|[\p{Hangul}]{1,4}(?:[시군구]| ?\p{Hangul}+[시군구])",
    r"\p{Lu}[\p{L}'’ .\-]*(?:-(?:sur|sous|en|les|lès|la|le|de|du|des|am|an|im|ob|pod|nad)-|"
    r" (?:am|an der|im|bei|ob der|sur|nad|pod|upon) )\p{Lu}[\p{L}\-]+",
    r"(?i)(?:г\.?|город|с\.|село|пос\.?|п\.|д\.|ст\.|к\.|клх|місто|селище|хутір|гр\.|thành phố|"
    r"tp\.?|"
    r"thị xã|huyện|quận) \p{L}.*",
    r"\p{Lu}[\p{L}' .\-]*(?:furt|ingen|stetten|hofen|weiler|kirch|thal|grund|rath|scheid|loh|"
    r"havn|rup|lev|by|borg|sund|vik|nes|foss|stad|köping|ås|sjö|holm|hamn|mäki|järvi|joki|koski|"
    r"lahti|"
    r"niemi|salmi|saari|ów|owo|ice|iec|yn|ovice|ov|ovo|evo|abad|pura?|garh|nagar|patnam|ganj|"
    r"shahr|kent|köy|hisar|pınar|fjörður|vík|megye|háza|falva|vár|hely|fa)",
)
BLOOD_TYPE = r"(?:A|B|AB|O) ?(?:\+|-|−|\+ve|-ve|(?i:pos(?:itive)?|neg(?:ative)?|rh[+-]))"
ICD_10 = r"[A-TV-Z]\d[0-9AB]\.[0-9A-TV-Z]{1,4}"
EMAIL = (
    r"(?i)(?:mailto:)?['<]?[\p{L}\p{N}._%+'&*/=?^~#!\-]+@(?:[\p{L}\p{N}*][\p{L}\p{N}*\-]*\.)+\p{L}{2,24}[>']?",
    r"[^@<>]+<[^@\s<>]+@[^@\s<>]+\.[A-Za-z]{2,24}>",
)
CURRENCY_NAME = r"\p{L}[\p{L}\p{M}'’.\-]*(?: [\p{L}\p{M}'’.()\-]+){1,5}"
YES_OR_NO = (
    r"(?i)true|false|yes|no|on|off|ja|nein|nee|nej|oui|non|vrai|faux|si|sí|sì|verdadero|falso|"
    r"sim|não|"
    r"tak|nie|да|нет|так|ні|ano|ne|igen|nem|evet|hayır|kyllä|ei|ναι|όχι|نعم|لا|כן|לא|はい|いいえ|"
    r"是|否|예|"
    r"아니오|네|아니요|हाँ|नहीं|[yntf]"
)
TRADE = (
    r"[\p{Han}\p{Katakana}]{1,12}(?:师|员|工|经理|会计|代表|主管|总监|助理|顾问|医生|护士|司机|秘书|主持人|人员|"
    r"師|員|者|士|官|職人|係|作家|画家|歌手|俳優|弁護士)|\p{Hangul}{2,12}(?:사|원|가|자|공|관|직|기술자)",
    r"(?i).*(?:ingenieur|ingénieure?|ingenier[oa]|engenheir[oa]|inżynier|insinööri|mérnök|"
    r"inginer|mühendis|"
    r"techniker|technicien|técnic[oa]|tekniker|mechaniker|mécanicien|mecánico|berater|leiter|"
    r"händler|"
    r"pfleger|lehrer|kaufmann|kauffrau|fahrer|arbeiter|meister|macher|bauer|assistent|verkäufer|"
    r"entwickler|wissenschaftler|wirt|zeichner|führer|sachbearbeiter|loge|login|loge|logue|"
    r"logiste|logo|"
    r"loog|loge|log|logist|graphe|graf|grafo|ographer|ologist|therapeut|therapist|thérapeute|"
    r"peuta|"
    r"terapeuta)(?:[*:_/]?in(?:nen)?|s|e|en)?(?:[ ,(/].*)?",
    r"(?i)(?:\S+ ){0,3}\p{L}{3,}(?:ateur|atrice|iteur|teuse|tricien|ticien|icienne|isateur|ador|"
    r"adora|edor|"
    r"idora|atore|atrice|analista|ologo|ista|iste|isti|ist|istka|yjny|eiro|eira|ière|ario|"
    r"aria|"
    r"äjä|hoitaja|öör|mester|asszony|szerelő|ász|ész|kezelő|mann|man|woman|smith|ogist|"
    r"cian|"
    r"ник|чик|щик|тель|лог|граф|ист|ист|ер|ор|арь)(?:[ ,(/\-].*)?",
)
REGION = (
    r"(?i).+ (?:kraj|county|province|oblast|district|prefecture|region|governorate|voivodeship|"
    r"parish|"
    r"megye|județ|maakunta|maakond|apskritis|novads|županija|län|fylke|область|край|обл\.|округ|"
    r"облысы|prov\.|do|sheng|ken|provinsi|ili|vilayəti)",
    r"(?i)(?:región|region|provincia|province|département|departamento|kanton|canton|județul|"
    r"county|"
    r"comunidad|principado|województwo|état|estado|stato|land|респ\.|республика|provinsi|tỉnh|"
    r"محافظة|ولاية|جهة|إمارة|استان|จังหวัด|περιφέρεια|νομός|"
    r"чувашская|горный) (?:de |del |de la |of |d[’'])?\p{L}.*",
    r"\p{Han}{1,5}[省州県府]|\p{Han}{2,7}自治区|\p{Hangul}{2,6}(?:도|특별시|광역시|특별자치시)|"
    r"北海道",
)
