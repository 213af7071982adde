"""What columns and tables are called, as RE2 patterns over names normalised to plain words.

Read by `default_rules` only. A tuple is one meaning, in English; `foreign_headings` has the rest.
"""

from __future__ import annotations

from tools.scan_rule_sets.words import foreign_headings as foreign

PEOPLE = (
    r"(?:actors?|cust|emp|usr|pat|mbr|stud|pers|assignees?|pupils?|holders?|applicants?|authors?|"
    r"borrowers?|candidates?|clients?|contacts?|"
    r"customers?|doctors?|drivers?|employees?|guests?|leads?|members?|owners?|passengers?|"
    r"patients?|people|persons?|players?|practitioners?|professors?|providers?|reps?|sellers?|"
    r"staff|students?|teachers?|tenants?|users?|visitors?|volunteers?|workers?|mitarbeiter|"
    r"kunden?|clientes?|empleados?|personnes?)"
)
NO_PERSON = (
    r"(?:products?|items?|films?|movies?|albums?|songs?|tracks?|genres?|brands?|makes?|"
    r"manufacturers?|models?|vehicles?|cars?|colou?rs?|paint|streets?|cit(?:y|ies)|towns?|states?|"
    r"countr(?:y|ies)|regions?|districts?|count(?:y|ies)|territor(?:y|ies)|categor(?:y|ies)|"
    r"departments?|suburbs?|provinces?|languages?|files?|paths?|tables?|columns?|schemas?|"
    r"databases?|types?|status|domains?|hosts?|urls?|e ?mails?|skus?|teams?|schools?|"
    r"universit(?:y|ies)|compan(?:y|ies)|organi[sz]ations?|events?|ids?|species|breeds?|plants?|"
    r"animals?|pets?|foods?|dish(?:es)?|recipes?|hotels?|restaurants?|themes?|plans?|packages?|"
    r"jobs?|roles?|positions?|programs?|projects?|courses?|subjects?|skills?|services?|"
    r"time ?zones?|descriptions?|keywords?|tags?|users? ?names?|logins?|days?|months?)"
)
PART_OF_NAME = (
    r"(?:first|last|given|fore|sur|family|middle|maiden|full|birth|legal|preferred|second|"
    r"christian) ?names?",
    r"(?:mothers? |fathers? )?maiden(?: name)?",
    r"^(?:first|last|given|middle|full|mi)$|(?:primary|main|billing|key) contact$",
    r"mothers? name|fathers? name|spouse(?: name)?|middle initials?|[flms] ?names?|[flm] ?nm",
    r"(?:first|last|given|family|middle|full|sur|maiden) ?(?:nm|nme|n)|(?:person|display) "
    r"?(?:name|nm)",
    rf"{PEOPLE} (?:full )?(?:names?|nm|nme)|names? of (?:the )?{PEOPLE}",
    r"(?:card ?|account ?)?holder(?: name)?|name on card"
    r"|(?:emergency contact|recipient|person|next of kin)(?: name)?$",
    r"(?:manager|attendee|participant|signatory|beneficiary|insured|nominee|resident|guardian|"
    r"parent) names?",
    *foreign.PERSON_NAME,
)
PERSON = (
    rf"^(?:{PEOPLE}|managers?|directors?|artists?|composers?|writers?|editors?|speakers?|"
    rf"instructors?|"
    r"reviewers?|attendees?|recipients?|(?:sales|account) ?(?:person|rep|manager)|musteri|cliente?|"
    r"autor(?:en)?|auteurs?|autore|autores)$",
)
OF_PERSON = (
    rf"^(?:(?:display )?names?|{foreign.NAME}|full ?nm|nm)$",
    r"^alias(?:es)?$",
    r"^title and name$",
    r"^contact$",
)
PHONE = (
    r"(?:tele)?phones?(?: ?(?:n(?:o|br|um|umber)|1|2))?|tel|telephone|mobiles?|cell(?: ?phone)?|"
    r"fax(?:es)?",
    r"(?:phone|mobile|fax|contact|cell|telephone|whats ?app) ?(?:n(?:o|br|um|umber)s?)|msisdn|"
    r"whats ?app|^ph(?: ?(?:n(?:o|br|um)|[1-3]))?$|"
    r"(?:home|work|office|business|day|evening|emergency|contact|mob|cell) ?(?:ph|tel|fone)",
    r"telefon(?:o|e|nummer)?|handy|mobil(?:e|nummer)?|celular|movil|telefoon|telefax|portable",
    *foreign.PHONE,
)
NO_PHONE = (
    r"(?:types?|flags?|counts?|models?|brands?|plans?|verified|ext(?:ension)?)$",
    r"^(?:flag|is|has)",
)
ADDRESS = (
    r"(?:street |home |mailing |postal |billing |shipping |ship |delivery |residential |"
    r"work )?addr(?:ess)?(?:es)?(?: ?lines?)?(?: ?[1-4])?",
    r"^(?:street|street [12]|address street)$|(?:home|billing|shipping|mailing) street|residence",
    r"adress[ea]?|anschrift|strasse|rue|direccion|domicilio|indirizzo|endereco|adres|calle|via",
    *foreign.ADDRESS,
)
NO_ADDRESS = (
    r"e ?mail|ip(?: ?v ?[46])?|mac|web|url|remote|source|client|host|wallet|"
    r"network|memory|http|bitcoin|eth",
    r"(?:ids?|types?|numbers?|suffix|names?|city|state|country|zip|code|count)$",
)
CITY = (
    r"cit(?:y|ies)|towns?|municipality|locality|suburb|birth ?place|place of birth|hometown|"
    r"address locality",
    r"ciudad|ville|stadt|wohnort|^ort|comune|citta|cidade|miasto|plaats|commune",
    *foreign.CITY,
)
REGION = (
    r"states?|provinces?|regions?|count(?:y|ies)|districts?|prefectures?|^st|canton|"
    r"address region|oblast",
    r"state (?:code|abbr|name|province|full)|provincia|bundesland|estado|departement|kanton|"
    r"wojewodztwo",
    *foreign.REGION,
)
POSTAL_CODE = (
    r"zip(?: ?codes?)?(?: ?[45])?|post(?:al)?(?: ?codes?)|postal|plz|postleitzahl|code postal|^cp|"
    r"pin ?code",
    r"codigo postal|^cap|cep|eircode|post ?nr|postnummer|kod pocztowy",
    *foreign.POSTAL_CODE,
)
COUNTRY = (
    r"countr(?:y|ies)(?: ?(?:name|codes?|iso(?: ?[23])?|full))?|nation|land|pays|pais|paese|"
    r"country of \w+",
    *foreign.COUNTRY,
)
DATE_OF_BIRTH = (
    r"birth ?(?:dates?|days?|dt)|dates? ?of ?birth|dob|born(?: on)?|birthdate|b ?day|date ?birth|"
    r"yob|birth ?years?|years? ?of ?birth|"
    r"geburtsdatum",
    r"geburtstag|geboren|date (?:de )?naissance|ne le|fecha (?:de )?nac(?:imiento)?|"
    r"data (?:di )?nascita",
    r"nascimento|data (?:de )?nascimento|fodselsdato|geboortedatum|data urodzenia",
    *foreign.DATE_OF_BIRTH,
)
DATE = (
    r"dates?|dt|dts|day|on|at|created|updated|modified|timestamps?|since|until|datum|fecha|data|"
    r"ts|last update",
    *foreign.DATE,
)
OCCUPATION = (
    r"(?:job|position|contact|work|employment|professional) ?titles?|occupations?(?: type)?|"
    r"professions?|jobs?",
    r"job (?:role|position|name)|positions?|beruf|designation|ocupacion|profesion|mestiere|beroep|"
    r"zawod",
    *foreign.OCCUPATION,
)
ORGANIZATION = (
    r"compan(?:y|ies)(?: ?names?)?|organi[sz]ations?(?: ?names?)?|employers?(?: ?names?)?|firm|"
    r"corporation",
    r"business ?names?|vendor(?: name)?|supplier(?: name)?|institution(?: name)?|"
    r"manufacturer name|publisher",
    r"(?:bank|school|hospital|university|agency|club|payer|insurer|merchant) ?(?:names?)|"
    r"university|org(?: name)?",
    r"firma|unternehmen|entreprise|societe|empresa|azienda|bedrijf|shipper(?: name)?|carrier name|"
    r"legal entity",
    *foreign.ORGANIZATION,
)
GENDER = (
    r"gender|sex|geschlecht|sexe|sexo|sesso|kjonn|kon|geslacht|plec|gender (?:code|identity)",
    *foreign.GENDER,
)
ETHNICITY = (
    r"race|ethnic(?:ity)?|ethnic (?:group|origin|background)|racial origin|ethnie|etnia|raza",
    *foreign.ETHNICITY,
)
URL = (
    r"(?:url|uri|link|href|website|web ?site|web ?page|home ?page|web ?address|domain(?: name)?|"
    r"permalink)s?",
    r"(?:linkedin|facebook|twitter|github|instagram) ?(?:url|profile)?",
    *foreign.URL,
)
USER_ID = (r"users? ?ids?|uids?|member ?ids?",)
USERNAME = (
    r"user ?(?:name|login|handle)|login(?: ?(?:name|id))?|screen ?name|nick ?name|nick|handle|"
    r"account ?name",
    r"benutzername|nom utilisateur|usuario|twitter handle|skype(?: id)?|member ?name",
    *foreign.USERNAME,
)
NO_USERNAME = (
    r"^last|^(?:is|has|num|count)|(?:ip|at|on|dates?|times?|counts?|attempts?|type|status)$",
)
PASSWORD = (
    r"pass ?(?:word|wd|phrase|code)(?: ?(?:hash(?:ed)?|digest|salt|encrypted|plain))?|pwd|passwd|"
    r"pass ?hash",
    r"(?:hashed|encrypted|user|login|crypted) ?(?:pass(?:word)?|pwd)|passwort|kennwort|"
    r"mot de passe|contrasena",
    r"(?:api|secret|private|access) ?(?:key|token)|client ?secret|secret|senha|wachtwoord",
    *foreign.PASSWORD,
)
CARD_NUMBER = (
    r"(?:credit|debit|payment|bank)? ?card ?(?:n(?:o|br|um|umber)|pan)?|cc ?(?:n(?:o|br|um|"
    r"umber)?)|ccn",
    r"(?:credit|debit) ?card ?n(?:o|br|um|umber)?|pan|primary account number|kreditkarte",
    *foreign.CARD_NUMBER,
)
NATIONAL_ID = (
    r"national ?(?:id(?:entity)?|identification|insurance)(?: ?(?:n(?:o|br|um|umber)|card))?|"
    r"national id|nino",
    r"ni ?number|nin|dni|nie|nif|cpf|bsn|pesel|aadhaa?r|curp|rut|cnp|egn|pan ?(?:card|number)|"
    r"nric|hkid|emso",
    r"codice ?fiscale|person ?n(?:ummer|umber|r)|personal ?(?:id|code|identity|"
    r"identification)(?: ?n\w*)?",
    r"(?:citizen|identity|resident|government|state|civil) ?(?:id|card|number)(?: ?n\w*)?|"
    r"id ?card(?: ?n\w*)?",
    r"tax ?(?:payer)? ?(?:id|number|no)(?: ?n\w*)?|tin|steuer ?(?:id|nummer)|"
    r"sozialversicherungsnummer|nhs ?n\w*",
    r"social insurance(?: ?n\w*)?|sin|cedula|numero (?:de )?securite sociale|nir|fodselsnummer|"
    r"hetu|fiscal ?code",
    *foreign.NATIONAL_ID,
)
SSN = (r"ssns?|^social$|social security(?: ?(?:n(?:o|br|um|umber)|id))?|soc sec(?: ?n\w*)?",)
GEO = (
    r"lat(?:itudes?)?|lon(?:gitudes?)?|lng|long|geo ?(?:loc(?:ation)?|point|codes?|m)|"
    r"coord(?:inate)?s?|gps",
    r"(?:gps|map) ?(?:lat|lon|location|coordinates)|breitengrad|langengrad|latitud|longitud|"
    r"lat ?(?:lon|long|lng)",
    *foreign.GEO,
)
HEALTH_MEASURE = (
    r"blood ?pressure|systolic(?: ?\w+)?|diastolic(?: ?\w+)?|[sd]bp|heart ?rate|pulse(?: ?rate)?|"
    r"bmi|"
    r"body mass index|glucose(?: ?level)?|blood ?sugar|cholesterol|hdl|ldl|triglycerides?|"
    r"hb ?a ?1 ?c|"
    r"ha?emoglobin|insulin|creatinine|spo ?2|oxygen ?saturation|respiratory ?rate|"
    r"body ?temperature",
)
HEALTH = (
    r"blood ?(?:type|group)|diagnos[ei]s(?: ?\w+)?|icd(?: ?(?:9|10|11))?(?: ?codes?)?|allerg(?:y|"
    r"ies)|diseases?",
    r"medical ?(?:condition|history|record|notes)s?|health ?(?:condition|status|record)s?|"
    r"disabilit(?:y|ies)",
    r"medications?|symptoms?|illness(?:es)?|drug ?(?:name|allergy)|treatments?|prescriptions?|"
    r"hiv ?status",
    r"chronic ?(?:condition|disease)s?|vaccin(?:e|ation)s?|immunizations?|procedures?",
    *foreign.HEALTH,
)
CARE = (
    r"(?:patients?|medical|health|encounters?|clinic(?:al)?|conditions?|care|visits?|admissions?)",
)
NO_MONEY = (r"(?:ids?|types?|currency|codes?|level|levels)$|^(?:num|count|number)",)
MONEY = (
    r"prices?|costs?|(?:list|unit|sale|retail) ?price|fees?|fares?|amounts?|charges?|freight",
    r"(?:order|invoice|sub|grand|total) ?total|total|revenue|income|preis|prix|precio|prezzo|"
    r"rental rate|balance|tax|msrp|premiums?|budget|rent|cost basis",
    *foreign.MONEY,
)
PAY = (
    r"salar(?:y|ies)|wages?|hourly rate|compensation|remuneration|stipend|pay ?(?:rate|check)|"
    r"(?:base|gross|net|take home|hourly|weekly|monthly|annual|yearly) ?pay|"
    r"(?:monthly|annual|yearly|personal|family|household) income",
    *foreign.PAY,
)
LANGUAGE = (
    r"(?:(?:native|preferred|spoken|primary|mother) )?(?:languages?|tongue|lang)(?: ?codes?)?|"
    r"locale",
    *foreign.LANGUAGE,
)
CURRENCY = (
    r"currenc(?:y|ies)(?: ?(?:code|name|symbol|iso))?|price currency|ccy|waehrung|devise|moneda|"
    r"valuta",
    *foreign.CURRENCY,
)
FLAG = (
    r"^(?:is|has|can|was|flag|should|allow|enable)|(?:flag|enabled|active|bool|deleted|"
    r"discontinued)$",
    *foreign.FLAG,
)

EMAIL = (
    r"e ?mails?(?: ?(?:addr(?:ess)?(?:es)?|ids?|[1-3]))?$|^e ?mails?|^mails?$|mail ?(?:addr|"
    r"address|id)s?$",
    r"courriel|correo(?: electronico)?",
    *foreign.EMAIL,
)
NO_EMAIL = (
    r"message ?id|in reply to|references|e ?mail (?:opt \w+|sent|status|count|verified|type|"
    r"template|subject)|^(?:flag|is|has)",
)
AGE = (
    r"(?:current|retirement|patient|customer)? ?ages?(?: (?:in )?(?:years?|yrs?))?$",
    r"^age|edad|eta|idade|^alter",
    *foreign.AGE,
)
NO_HEALTH = (r"(?:free|counts?|dates?|ids?|costs?|fees?|prices?|total|centers?|providers?)$",)
NO_POSTAL_CODE = (r"files?|size|archives?|format|url|path",)
NO_CARD_NUMBER = (
    r"orders?(?: ?\w+)?|invoices?(?: ?\w+)?|tracking(?: ?\w+)?|shipments?(?: ?\w+)?|imei|"
    r"serial(?: ?\w+)?|"
    r"bar ?codes?|ean|gtin|upc|isbn|sku|transactions?(?: ?\w+)?",
)
NO_AGE = (
    r"min|max|minimum|maximum|limit|rating|restriction|account|days|months|page|average|avg|mean|"
    r"count|file|cache|object|of (?:the )?\w+",
)
NO_PLACE = r"(?:ids?|types?|count|population|keys?|num|number)$"
REGION_ALWAYS = (
    r"provinces?|regions?|count(?:y|ies)|districts?|prefectures?|canton|address region|oblast|"
    r"^st$|state province",
    r"(?:home|billing|shipping|ship|birth|mailing|address) state|state (?:abbr|full|name)|"
    r"bundesland|provincia",
    *foreign.REGION,
)
NO_ORGANIZATION = (
    r"(?:ids?|addr(?:ess)?|email|city|types?|size|codes?|phone|url|number|count|revenue)$",
)
CARD_LAST_FOUR = (
    r"(?:card|cc)(?: \w+){0,2} last ?(?:4|four)(?: digits)?|last ?(?:4|"
    r"four)(?: digits)?(?: of)? (?:card|cc)",
)
CARD_CODE = (
    r"(?:card |cc )?(?:cvv|cvc|cvn|csc|cid|cvd)(?: ?(?:[12]|codes?|n(?:o|um|umber)))?|"
    r"card ?(?:verification|security)",
    r"(?:card )?(?:security|verification) (?:code|value|number)",
    *foreign.CARD_CODE,
)
CARD_EXPIRY = (
    r"(?:card|cc|credit card|payment card)(?: \w+)? ?exp(?:ir(?:y|es?|ation|"
    r"e ?date))?(?: ?(?:date|dt|month|year|my))?",
    r"exp(?:ir(?:y|es?|ation))? ?(?:month|year|mm|yy|yyyy)",
    r"(?:card|cc) (?:valid (?:to|until|thru)|end date)|(?:cc|card) ?expir\w*",
    *foreign.CARD_EXPIRY,
)
EXPIRY = (r"exp(?:ir(?:y|es?|ation))?(?: ?(?:date|dt|month|year|my))?|valid (?:to|until|thru)",)
PASSPORT = (
    r"passports?(?: ?(?:n(?:o|br|um|umber)|id|code))?|reisepass(?:nummer)?|pasaporte|passeport|"
    r"passaporto",
    *foreign.PASSPORT,
)
DRIVER_LICENSE = (
    r"driv(?:er|ers|ing|er s) ?licen[sc]e?(?: ?(?:n(?:o|br|um|umber)|id))?|"
    r"licen[sc]e ?n(?:o|br|um|umber)",
    r"dl(?: ?n(?:o|br|um|umber))?|dln|fuhrerschein(?:nummer)?|permis (?:de )?conduire|patente|"
    r"rijbewijs",
    *foreign.DRIVER_LICENSE,
)
VIN = (
    r"vins?(?: ?(?:n(?:o|br|um|umber)|code))?|vehicle id(?:entification)?(?: ?(?:n(?:o|br|um|"
    r"umber)))?|chassis(?: ?n\w*)?",
    *foreign.VIN,
)
NO_PASSWORD = (
    r"(?:changed|reset|expir\w*|updated|hint|attempts?|at|dates?|counts?|policy|length|strength|"
    r"required|type|id|on)$",
)
IN_CARE = (
    r"^(?:description|reason(?: ?description)?|code description|condition|notes|name|status)$",
)
MOMENT = (
    r"timestamps?|ts|epoch(?: \w+)?|unix(?: \w+)?|(?:\w+ )?time|(?:\w+ )?(?:at|on)$|"
    r"(?:created|updated|modified)(?: \w+)?|last (?:login|seen|update)",
)
TIME = (r"times?|hours?|opens|closes|uhrzeit|heure|hora|ora|tijd", *foreign.TIME)
PLACED = (
    r"addr(?:ess)?(?:es)?|locations?|places?|sites?|stores?|shops?|offices?|branch(?:es)?|"
    r"warehouses?|suppliers?|vendors?|compan(?:y|ies)|organi[sz]ations?|hospitals?|schools?|"
    r"propert(?:y|ies)|cities|venues?|payers?"
)
NO_IP = (r"versions?|vers?|releases?|builds?|firmware|revisions?",)
IP = (r"ip(?: ?(?:v ?)?[46])?(?: ?addr(?:ess)?(?:es)?)?|i pv [46]", *foreign.IP)
