"""What columns are called in other languages, as RE2 patterns over names normalised to plain "
"words.

Read by `headings` only. Names in Latin and Greek letters come without accents, others as they are;
scripts without spaces are looked for inside longer words, as in "客户姓名".
"""

from __future__ import annotations

PERSON_NAME = (
    r"onoma|pib|isim|imya|familiya|shimei|namae|xing ?ming|seongmyeong|musteri adi|ho ?ten",
    r"(?:vor|nach|zu|familien|rufs?|geburts|voll|kunden|mitarbeiter|ehe) ?namen?|"
    r"ansprech(?:partner|person)(?:in)?|inhaber|sachbearbeiter(?:in)?|"
    r"prenoms?(?: \w+)?|noms? (?:de )?(?:famille|naissance|jeune fille|usage|complet|client|"
    r"patient|du (?:client|patient|contact))|titulaire|"
    r"(?:primer |segundo )?apellidos?(?: (?:[12]|paterno|materno))?|nombres? (?:completo|de pila|"
    r"y apellidos?|(?:del? )?(?:cliente|paciente|empleado|contacto|titular|alumno))|titular|"
    r"cognomi?|nome (?:completo|proprio|(?:do |da |del |di )?(?:cliente|paziente|paciente|mae|pai|"
    r"titular|funcionario|social))|nominativo|intestatario|referente|sobrenomes?|apelidos?",
    r"imi(?:e|ona)|nazwisk[oa]|imie i nazwisko|(?:for|efter|etter|mellem|mellom|fulde)navn|"
    r"(?:for|efter|mellan)namn|(?:voor|achter|tussen|klant|familie)naam|naam klant|voorletters|"
    r"tussenvoegsel|contactpersoon|kontaktperson|etunimi|sukunimi|kutsumanimi|jmeno|prijmeni|"
    r"meno|priezvisko|krestni jmeno|(?:kereszt|vezetek|csalad|utó|uto)nev|teljes nev|prenume|"
    r"nume (?:de familie|client)|prezime|ime i prezime|priimek|eesnimi|perenimi|vardas|pavarde|"
    r"vards|uzvards|ad ?soyad|(?:ad )?soyadi?|adi|soyisim|isim soyisim|nama (?:lengkap|depan|"
    r"belakang|pelanggan)|ho (?:va )?ten|ho ten|ten khach hang|eponymo|onomateponymo|"
    r"jina (?:la)?.*|(?:nimi|nazwa) (?:klienta|asiakas)",
    r"фамилия|фио|отчество|имя (?:и )?(?:отчество|фамилия|клиента)|прізвище|ім я|по батькові|"
    r"презиме|фамилно име|собствено име|επωνυμο|ονοματεπωνυμο|(?:συνολικο )?ονομα|"
    r"الاسم(?: \S+)?|اسم(?: \S+)?|اللقب|لقب|שם(?: \S+)?|نام(?: خانوادگی)?|"
    r"\S*(?:姓名|姓氏|名字|氏名|名前|お名前|성명|이름|성함|フリガナ|担当者|联系人)\S*|नाम|ชื่อ|"
    r"นามสกุล",
)
PHONE = (
    r"denwa(?: ?bango)?|dian ?hua|shou ?ji|til(?:efono)?|kinito|jeonhwa|nomer telefona",
    r"(?:tele)?fon ?(?:nr|nummer|numara(?:si)?|szam)?|(?:handy|ruf|mobil|telefon|tlf|tel|mob) ?"
    r"(?:nr|nummer|num|no)|(?:festnetz|mobilfunk)\w*|tlf|tfn|mobil(?:telefon)?|"
    r"(?:num(?:ero)? )?(?:de )?(?:tel|telephone|telefono|telefone|celular|movil|portable)"
    r"(?: (?:fixe?o?|portable|domicile|movil|particular|casa))?|gsm(?: \w+)?|"
    r"cellulare|fone|telemovel|contacto telefonico|telefon(?:u|y|szam|ski|nummer|numero)?|"
    r"(?:numer|nr|cislo|numar|broj) (?:de )?tel(?:efonu|efon|efona)?|komorka|puhelin(?:numero)?|"
    r"matkapuhelin|tel(?:efon)? no|cep(?: tel(?:efonu)?)?|no(?:mor)? (?:hp|telepon|telp|ponsel)|"
    r"telepon|(?:so )?dien thoai|sdt|simu|contact tel",
    r"телефон\S*|мобильный|моб\S*|тел|τηλεφωνο|κινητο|هاتف|الهاتف|جوال|تلفن|טלפון|נייד|"
    r"\S*(?:電話|电话|手机|手機|携帯|전화|휴대폰|연락처|ファックス|传真)\S*|फ़ोन|मोबाइल|โทรศัพท์|"
    r"เบอร์โทร\S*",
)
ADDRESS = (
    r"juso|jusho|di ?zhi|adresa|dieuthynsi|ulitsa|vulytsia",
    r"(?:post|liefer|rechnungs|wohn|heimat|privat)?(?:adressen?|anschrift(?:en)?)|"
    r"strassen?(?: ?(?:name|nr|haus ?nr|hausnummer|und hausnummer))?|str(?: ?nr)?|"
    r"adresse(?: (?:postale|de \w+|complete|domicile|rue|[12]))?|(?:rue|calle|via|ulica) (?:et )?"
    r"(?:e )?(?:y )?(?:numero|num|nr|no|civico)|voie|ligne adresse|lieu de residence|"
    r"(?:direccion|domicilio|endereco|indirizzo|morada|residencia)(?: \w+)?|logradouro|"
    r"straat(?:naam)?(?: (?:huis)?(?:nr|nummer))?|(?:post|woon|bezoek)?adres(?: \w+)?|"
    r"(?:gatu|gate|vej|besoks|post|bostads)adress?e?|gata|vejnavn|gateadresse|"
    r"(?:katu|posti|koti)?osoite|(?:lak)?cim(?:e)?|ulic[ae]|adres[ay]|bydliste|ulica i broj|"
    r"(?:acik|ev|is) adres\w*|adres[ei]?|alamat(?: \w+)?|dia chi|anwani|address ?l(?:ine)?n? ?\d?",
    r"адрес\S*|улица|вулиця|адреса|διευθυνση|οδος|عنوان|العنوان|آدرس|כתובת|רחוב|पता|ที่อยู่|"
    r"\S*(?:住所|地址|주소|番地|街道|所在地)\S*",
)
CITY = (
    r"gorod|misto|poli|cheng ?shi|shiku(?: ?choson)?|dosi",
    r"(?:wohn|geburts|heimat|liefer)?ort|(?:geburts)?stadt|gemeinde|(?:lieu|ville)(?: de "
    r"naissance)"
    r"|villes?|communes?|ciudad(?: \w+)?|localidad|poblacion|municipi?o|lugar (?:de )?nacimiento|"
    r"citta|comune|localita|luogo (?:di )?nascita|cidade|naturalidade|concelho|localidade|"
    r"miasto|miejscowosc|miejsce urodzenia|gmina|(?:woon|geboorte)?plaats|gemeente|stad|postort|"
    r"bostadsort|tatort|(?:post|fode|fodse?l|bo)sted|by(?:navn)?|kommune|kommun|kaupunki|kunta|"
    r"postitoimipaikka|paikkakunta|syntymapaikka|varos|telepules|szuletesi hely|mesto|obec|"
    r"misto narozeni|oras(?:ul)?|localitate|grad|opcina|linn|miestas|pilseta|sehir|ilce|dogum "
    r"yeri|"
    r"kota(?: \w+)?|tempat lahir|thanh pho|noi sinh|mji|cty(?: ?n(?:m|ame))?|cities",
    r"город\S*|місто|населений пункт|град|населено место|πολη|δημος|مدينة|المدينة|شهر|עיר|ישוב|"
    r"शहर|เมือง|\S*(?:城市|市区町村|都市|出生地|도시|시군구|市名)\S*",
)
REGION = (
    r"bundesl(?:and|aender|ander)|kantone?|landkreis|(?:regier)ungsbezirk|kreis|departements?|"
    r"regions?|prov(?:incia|incie|ins|ince|ins[ie]|incies)?|(?:comunidad )?autonoma|"
    r"comunidad autonoma|estados?|entidad federativa|comarca|regione|uf|unidade federativa|"
    r"distrito|wojewodztwo|powiat|provinsi|(?:lan|laani)|landskap|fylker?|amt|maakunta|"
    r"laani|(?:var)?megye|kraj|okres|judet|zupanija|okrug|maakond|apskritis|novads|il(?:i)?|"
    r"bolge|kabupaten|tinh(?: thanh)?|mkoa|st(?: ?abbr| ?cd)|state ?(?:cd|prov|nm)|"
    r"prov(?:ince)? ?(?:cd|nm)",
    r"област\S*|регион|край|район|республика|περιφερεια|νομος|محافظة|المحافظة|ولاية|منطقة|استان|"
    r"מחוז|राज्य|ज़िला|จังหวัด|\S*(?:省份|省|都道府県|시도|州|县|地区|광역시)",
)
POSTAL_CODE = (
    r"yubin ?bango|you ?bian|indeks|upyeon ?beonho",
    r"plz(?: ?\w+)?|post ?leit ?zahl|(?:code|cod|codigo|codul?) (?:postal[eau]?|poste)|cod "
    r"?postal|"
    r"cp|codice (?:di )?avviamento(?: postale)?|cap|cep|kod(?: ?pocztowy)|post(?:nr|nummer|kode)|"
    r"postal ?cd|post ?cd|zip ?(?:cd|5|4|plus 4)|posti ?numero|iranyito ?szam|irsz|psc|"
    r"postanski broj|postna stevilka|posta kodu|kode ?pos|pos ?kod|poskod|ma buu (?:chinh|dien)|"
    r"pasto kodas|sihtnumber|pin(?: ?code)",
    r"(?:почтовыи |почтовый )?индекс|поштовий індекс|пощенски код|ταχυδρομικος κωδικας|τκ|τ κ|"
    r"الرمز البريدي|کد پستی|מיקוד|पिन कोड|รหัสไปรษณีย์|\S*(?:邮编|邮政编码|郵便番号|郵遞區號|"
    r"우편번호)\S*",
)
COUNTRY = (
    r"strana|kraina|kuni|guo ?jia|gukga|chora",
    r"(?:wohnsitz|her ?kunfts|geburts)?land|landes?(?:code|kennzeichen|name)|landkod|"
    r"staat(?:sangehorigkeit)?|pays(?: (?:de )?(?:naissance|residence|client))?|"
    r"pais(?:es)?(?: \w+(?: \w+)?)?|paese|nazione|stato estero|kraj(?: \w+)?|panstwo|"
    r"land(?:kode|code|naam|nummer)|maa(?:koodi|tunnus)?|orszag(?:kod)?|zeme|stat|krajina|drzava|"
    r"tara|riik|salis|valsts|ulke(?: kodu)?|negara|quoc gia|nchi|ctry(?: \w+)?|"
    r"c(?:ou)?ntry?(?: ?(?:cd|nm|cde|iso ?\d?|abbr))?|cntry|nationality country",
    r"страна|країна|държава|држава|χωρα|بلد|البلد|الدولة|کشور|מדינה|देश|ประเทศ|"
    r"\S*(?:国家|國家|国名|国籍|나라|국가|국적)\S*|国",
)
DATE_OF_BIRTH = (
    r"geb(?:urts)?(?: ?(?:datum|dat|dt|tag))|geb|geboren(?: am)?|(?:date|jour|annee) (?:de )?"
    r"naissance|naissance|ddn|ne(?:e)? le|(?:fecha|fec|f|fch) (?:de )?nac(?:imiento)?|"
    r"nacimiento|(?:data|dt|d) (?:di |de )?nasc(?:ita|imento)?|nato il|nascita|"
    r"data ur(?:odzenia)?|urodzon[ya]|geboorte(?:datum|dag)|fodelse(?:datum|dag|tid)|"
    r"fodsels?(?:dato|dag)|syntyma(?:aika|paiva)|szuletesi (?:datum|ido)|datum (?:narozeni|"
    r"narodenia|rodjenja|rodenja|rojstva)|data nasterii|nasterii|sunniaeg|gimimo data|"
    r"dzimsanas datums|dogum (?:tarihi|gunu)|(?:tanggal|tgl) lahir|ngay sinh|"
    r"(?:dob|birth|bth|brth|born) ?(?:dt|date|day|yr|year|ymd)?|dt (?:of )?birth|bir ?dt|"
    r"tarehe ya kuzaliwa",
    r"дата рождения|рождения|дата народження|дата на раждане|датум рођења|ημερομηνια γεννησης|"
    r"تاريخ (?:الميلاد|الولادة)|تاریخ تولد|תאריך לידה|जन्म ?तिथि|วันเกิด|"
    r"\S*(?:出生日期|出生|生日|生年月日|誕生日|생년월일|생일)\S*",
)
DATE = (
    r"(?:bestell|rechnungs|liefer|eintritts|start|end|erstell\w*|buchungs|anfangs)?datum|"
    r"(?:am|date|fecha|fec|data|dato|datum|paiva(?:maara)?|tarih[i]?|tanggal|tgl|ngay)(?: \w+)*|"
    r"\w+ (?:datum|dato|data|tarihi|datumu)|(?:order|ordre|bestil\w+)dat\w+|paivamaara|"
    r"erstellt(?: am)?|horodatage|(?:cre|modifi)e le|aangemaakt(?: op)?|skapad|opprettet|"
    r"zeitstempel",
    r"дата(?: \S+)?|ημερομηνια|تاريخ(?: \S+)?|תאריך|तारीख|วันที่|\S*(?:日期|日付|날짜|日時|时间|"
    r"일자)",
)
OCCUPATION = (
    r"shokugyo|zhi ?ye|jigeop|dolzhnost|professiya|epangelma",
    r"beruf\w*|(?:stellen|tatigkeits|berufs|positions)bezeichnung|stelle|tatigkeit|metier|"
    r"(?:intitule (?:du )?)?poste|fonction|profession\w*|emploi|puesto(?: \w+)*|cargo|oficio|"
    r"ocupac(?:ion|ao)|profes(?:ion|sione)|mansione|qualifica|lavoro|profissao|zawod|stanowisko|"
    r"beroep|functie(?: ?titel)?|yrke|stilling(?:sbetegnelse)?|titel|befattning|ammatti|"
    r"tehtavanimike|foglalkozas|munkakor|beosztas|povolani|pozice|zanimanje|ocupatie|functia|"
    r"meslek|unvan|gorev|pekerjaan|jabatan|nghe nghiep|chuc vu|kazi|"
    r"(?:empl?(?:oyee)?|staff|role|curr(?:ent)?) (?:title|position|job|role)|role title|"
    r"job(?: (?:desc(?:ription)?|nm|ttl|titl|category))?|occ(?:up)?(?: \w+)?|"
    r"position (?:title|name)",
    r"профессия|должность|посада|професія|професия|επαγγελμα|مهنة|المهنة|وظيفة|شغل|מקצוע|תפקיד|"
    r"पेशा|อาชีพ|\S*(?:职业|職業|职位|職種|職位|役職|직업|직책|직위)\S*",
)
ORGANIZATION = (
    r"firmen?(?: ?(?:name|nazwa|bezeichnung))?|firma(?: \w+)?|unternehmen(?:sname)?|arbeitgeber|"
    r"lieferant|raison sociale|denomination sociale|entreprise|societe|employeur|fournisseur|"
    r"organisme|etablissement|empresa|razon social|compan(?:ia|hia)|empleador|proveedor|"
    r"azienda|ragione sociale|ditta|datore (?:di )?lavoro|fornitore|razao social|empregador|"
    r"fornecedor|nazwa firmy|przedsiebiorstwo|pracodawca|dostawca|bedrijf(?:s ?naam)?|werkgever|"
    r"leverancier|foretag(?:snamn)?|arbetsgivare|bolag|virksomhed|selskap|bedrift|yritys|"
    r"tyonantaja|ceg(?: ?nev)?|spolecnost|zamestnavatel|firma ?adi|sirket(?: ?adi)?|perusahaan|"
    r"cong ty|kampuni|(?:account|acct|client|cust|vendor|supplier|supp?l|org) ?(?:company|org|nm|"
    r"organi[sz]ation)|co(?:mpany)? (?:nm|name)|empl(?:oye)?r ?(?:nm|name)?|compania",
    r"компания|организация|предприятие|фирма|компанія|підприємство|εταιρεια|επωνυμια|شركة|الشركة|"
    r"شرکت|חברה|कंपनी|บริษัท|\S*(?:公司|会社名|会社|企业|單位|单位|회사|기업|法人)\S*",
)
GENDER = (
    r"geschlecht|sexe|genre civil|sexo|genero|sesso|genere|plec|geslacht|kon|kjonn|sukupuoli|"
    r"pohlavi[e]?|spol|pol|cinsiyet|jenis kelamin|gioi tinh|jinsia|sugu|lytis|dzimums|gndr|"
    r"sex ?(?:cd|code|id)|gend(?:er)? ?(?:cd|code)?",
    r"пол|стать|φυλο|الجنس|جنس|جنسیت|מין|लिंग|เพศ|\S*(?:性别|性別|성별)\S*",
)
AGE = (
    r"(?:cust|pat|patient|client|emp|user)? ?age ?(?:y(?:ea)?rs?|at \w+)?|alter(?: in jahren)?|"
    r"leeftijd|alder|ika|wiek|vek|eletkor|kor|starost|varsta|yas|umur|usia|tuoi|edad(?: \w+)?|"
    r"idade|eta|umri|vanus|amzius|vecums",
    r"возраст|вік|възраст|ηλικια|العمر|عمر|سن|גיל|आयु|อายุ|\S*(?:年龄|年齢|年齡|나이|연령)\S*",
)
USERNAME = (
    r"benutzer(?: ?(?:name|kennung|id))?|anmelde ?name|nutzername|identifiant|pseudo(?:nyme)?|"
    r"nom (?:d )?utilisateur|login utilisateur|(?:nombre (?:de )?)?usuario|nome (?:de )?"
    r"(?:utente|usuario|utilizador)|utente|utilizador|nazwa uzytkownika|uzytkownik|"
    r"gebruiker(?:s ?naam)?|anvandar(?:e|namn)|bruker ?navn|kayttaja(?:tunnus|nimi)|"
    r"felhasznalo ?nev|uzivatel\w* jmeno|utilizator|kullanici(?: ?adi)?|nama pengguna|"
    r"ten dang nhap|u(?:ser|sr) ?(?:nm|name|nme|id name)|uname|userid name|(?:account|sys|acct) "
    r"(?:login|usr|user(?: ?name)?)",
    r"логин|имя пользователя|ім я користувача|ονομα χρηστη|اسم المستخدم|نام کاربری|שם משתמש|"
    r"\S*(?:用户名|用戶名|ユーザー名|ユーザ名|ユーサー名|아이디|사용자명)\S*",
)
EMAIL = (
    r"(?:adresse |direccion |adr |adresse de )?(?:e ?mail|mel|courriel|messagerie|correo)"
    r"(?: electronico)?|correo(?: \w+)?|posta elettronica|email ?(?:adresse|adres|cim|ad\w*)|"
    r"e ?post(?:a|adress|adresse|i)?|sahkoposti(?:osoite)?|eml(?: addr)?|mail|poczta|surel|"
    r"barua pepe|thu dien tu",
    r"почта|эл почта|электронная почта|имейл|пошта|ηλεκτρονικη διευθυνση|البريد الإلكتروني|ایمیل|"
    r"דוא ל|אימייל|ईमेल|อีเมล|\S*(?:邮箱|電子郵件|电子邮件|メール|メールアドレス|이메일|电邮)\S*",
)
PASSWORD = (
    r"passw[oö]?rt|kenn ?wort|mot (?:de )?passe|mdp|contrasena|clave(?: acceso)?|senha|"
    r"palavra passe|parola|haslo|wachtwoord|losenord|adgangskode|passord|salasana|jelszo|heslo|"
    r"lozinka|sifre|kata sandi|mat khau|nenosiri|^pw|pw hash|pass",
    r"пароль|парола|κωδικος|كلمة (?:المرور|السر)|رمز عبور|סיסמה|पासवर्ड|\S*(?:密码|密碼|"
    r"パスワード|暗証番号|비밀번호)\S*",
)
CARD_NUMBER = (
    r"kredit ?karten? ?(?:nr|nummer)?|karten ?(?:nr|nummer)|(?:numero )?(?:de )?(?:la )?"
    r"(?:carte|tarjeta|carta|cartao)(?: (?:bancaire|bleue|credit[oe]?|(?:de |di )?credito))?|"
    r"(?:num|nr|no|n|numer|cislo) (?:de )?(?:carte|tarjeta|carta|cartao|karty)|"
    r"karta kredytowa|(?:numer )?karty|credit ?kaart(?: ?nummer)?|kort ?nummer|luottokortti|"
    r"kartyaszam|kart ?(?:no|numarasi)|(?:payment|pmt|debit|bank|cc|card) ?card ?(?:nbr|no|num)?|"
    r"cc ?(?:num|nbr|no)|credit ?card ?(?:nbr|no|num(?:ber)?)?|card ?nbr",
    r"номер карты|карта|بطاقة الائتمان|כרטיס אשראי|\S*(?:信用卡|卡号|カード番号|카드번호)\S*",
)
CARD_CODE = (
    r"(?:karten ?)?prufziffer(?: karte)?|karten ?prufnummer|kartenprufziffer|cryptogramme|"
    r"code (?:de )?securite|codigo (?:de )?seguridad(?: tarjeta)?|codice (?:di )?sicurezza|"
    r"card (?:verification|security) (?:value|code|no|num(?:ber)?)|cc ?cvv|sec(?:urity)? cd",
)
CARD_EXPIRY = (
    r"(?:ablauf|verfalls?|gultigkeits)datum(?: ?karte)?|karte gultig bis|(?:date )?(?:d )?"
    r"expiration(?: carte)?|(?:fecha )?(?:de )?(?:caducidad|vencimiento)(?: tarjeta)?|scadenza "
    r"carta|validade cartao|data waznosci(?: karty)?|vervaldatum|(?:cc|card) exp\w*|exp my",
)
NATIONAL_ID = (
    r"(?:sozial)?versicherungs ?(?:nr|nummer)|sozialversicherungs ?nr|ausweis ?(?:nr|nummer)|"
    r"personal ?ausweis\w*|svnr|ahv(?: ?n\w*)?|steuer ?(?:id|nr|nummer|identifikationsnummer)|"
    r"(?:num(?:ero)?|n) (?:de )?(?:secu(?:rite sociale)?|ss|nir|insee|dni|identidad|"
    r"documento|identificacion|cedula|contribuinte|fiscal)|nif|nie|dni|nuip|rfc|curp|cuil|cuit|"
    r"rut|cedula(?: \w+)?|documento identidad|cod(?:ice)? fisc(?:ale)?|cf|cpf|rg|niss|"
    r"bsn|burgerservicenummer|rijksregisternummer|(?:person|fodsels|cpr|personal) ?"
    r"(?:nr|nummer|nummer|kod|tunnus)|cpr|henkilotunnus|hetu|szemelyi (?:szam|azonosito)|"
    r"taj(?: szam)?|rodne cislo|rodc|pesel|nip|cnp|egn|oib|jmbg|emso|isikukood|"
    r"asmens kodas|personas kods|amka|afm|tc ?(?:kimlik|no)(?: ?no)?|kimlik(?: no)?|nik|no ktp|"
    r"ktp|cccd|cmnd|(?:so )?(?:cmnd|can cuoc)|nino|ni ?(?:no|num\w*|nbr)|aadhaa?r(?: \w+)?|nhs|"
    r"(?:id|identity|citizen|ident) ?(?:no|nbr|num(?:ber)?)|tax(?:payer)? ?(?:id|ref\w*|nbr)|"
    r"nric|hkid|my ?kad|ic ?(?:no|number)|teudat zehut|kennitala|sin ?(?:no|number)?|ssn ni",
    r"инн|снилс|рнокпп|егн|αφμ|αμκα|αδτ|رقم (?:الهوية|قومي)|الرقم القومي|کد ملی|תעודת זהות|"
    r"\S*(?:身份证|身分證|マイナンバー|마이넘버|주민등록번호|주민번호|आधार)\S*",
)
PASSPORT = (
    r"(?:reise)?pass ?(?:nr|nummer|no|num)|reisepass(?: ?(?:nr|nummer))?|(?:num(?:ero)? )?(?:de )?"
    r"(?:passeport|pasaporte|passaporto|passaporte)(?: \w+)?|(?:nr |numer )?paszportu?|"
    r"paspoort(?: ?n\w*)?|passi(?:n ?numero)?|utlevelszam|cislo pasu|pasaport(?: ?no)?|paspor|"
    r"ho chieu|ppt ?(?:no|num)|travel doc(?:ument)?(?: ?n\w*)?|pspt(?: ?n\w*)?|passport ?\w*",
    r"(?:номер )?паспорт\S*|διαβατηριο|جواز السفر|گذرنامه|דרכון|\S*(?:护照|護照|旅券|パスポート|"
    r"여권)\S*",
)
DRIVER_LICENSE = (
    r"fuhrerschein(?: ?(?:nr|nummer))?|(?:num(?:ero)? )?permis(?: (?:de )?conduire)?|"
    r"(?:licencia|carnet|permiso) (?:de )?conducir|patente(?: (?:di )?guida)?|cnh|"
    r"carta (?:de )?conducao|prawo jazdy|rijbewijs(?: ?(?:nr|nummer))?|korkort(?:snummer)?|"
    r"forerkort|korekort|ajokortti|jogositvany|ridicsky prukaz|ehliyet(?: ?no)?|sim ?no|"
    r"dl ?(?:nbr|no|num(?:ber)?)|dln|dri?v(?:er|ers|ing)? ?(?:lic(?:en[cs]e)?)(?: ?(?:nbr|no|num|"
    r"number))?|lic(?:en[cs]e)? ?(?:nbr|no|num|number)",
    r"водительское удостоверение|رخصة القيادة|רישיון נהיגה|\S*(?:驾照|驾驶证|運転免許|"
    r"운전면허)\S*",
)
VIN = (
    r"fahrgestell ?(?:nr|nummer)|fin|fahrzeug ?ident\w*|(?:num(?:ero)? )?(?:de )?(?:chassis|"
    r"bastidor|telaio|serie vehicule)|nr podwozia|vehicle ?(?:vin|id ?no|identification\w*(?: ?"
    r"n\w*)?)|chassisnummer|alvazszam|sasi ?no|車台番号|车架号|차대번호",
)
IP = (
    r"(?:adresse|direccion|indirizzo|endereco|adres|alamat) ip|ip ?(?:adresse|adres|adr|cim)|"
    r"(?:src|dst|source|dest(?:ination)?|client|server|host|remote|peer|last|login) ?(?:ip|"
    r"addr(?:ess)?)(?: ?addr(?:ess)?)?|ip|remote addr",
)
URL = (
    r"web ?seite|internet ?(?:seite|adresse)?|site(?: web)?|pagina ?(?:web)?|sito(?: web)?|"
    r"web ?(?:sitesi|addr|oldal|stranka|page)?|nettsted|hjemmeside|kotisivu|strona(?: www)?|www|"
    r"lien|enlace|collegamento|(?:avatar|image|img|photo|page|profile|picture|thumbnail|logo|"
    r"callback|redirect|target) ?(?:url|uri|link)|referr?er(?: url)?|landing page|"
    r"(?:網址|网址|网站|ウェブサイト|홈페이지|сайт|ссылка|ιστοσελιδα|موقع|الموقع)",
)
MONEY = (
    r"(?:einzel|verkaufs|einkaufs|stuck|gesamt|netto|brutto)?preise?|betrag|kosten|"
    r"umsatz|gebuhr|(?:prix|montant|cout|tarif|revenu|solde)(?: \w+)?|"
    r"(?:precio|importe|monto|coste?|tarifa|ingresos?|saldo)(?: \w+)?|"
    r"prezzo(?: \w+)?|importo|costo|reddito|(?:preco|valor|custo|renda)(?: \w+)?|"
    r"cen[ay](?: \w+)?|kwota|bedrag|prijs|kosten|pris|belopp|belop|"
    r"hinta|summa|ar|osszeg|pret|suma|fiyat|tutar|ucret|"
    r"harga|gia|bei|(?:net|gross|base|total|annual|monthly|hourly|unit|order) ?"
    r"(?:price|amt|amount|cost|total|income|revenue)|amt|\w+ amt|pay(?:ment)?",
    r"цена|сумма|стоимость|ціна|сума|τιμη|ποσο|السعر|سعر|المبلغ|قیمت|"
    r"מחיר|סכום|कीमत|ราคา|\S*(?:价格|價格|金额|金額|単価|料金|가격|금액)",
)
PAY = (
    r"(?:\w+ ?)?(?:gehalt|lohn|einkommen)|salaire(?: \w+)?|remuneration|"
    r"(?:sueldo|salario)(?: \w+)?|stipendio|retribuzione|pensja|wynagrodzenie|loon|salaris|"
    r"palkka|fizetes|plat|salariu|maas|gaji|luong",
    r"зарплата|оклад|заработная плата|μισθος|الراتب|راتب|שכר|वेतन|เงินเดือน|"
    r"\S*(?:工资|薪资|年収|給与|급여|연봉)",
)
CURRENCY = (
    r"wahrung(?:s ?(?:code|einheit))?|devise|(?:codigo )?(?:de )?(?:moneda|moeda)|divisa|valuta"
    r"(?: ?(?:kod|code))?|waluta|mena|penznem|para birimi|doviz|mata uang|tien te|sarafu|"
    r"cur(?:r(?:ency)?)?(?: ?(?:cd|code|iso))?|(?:iso|txn|trans(?:action)?|base) ?(?:currency|"
    r"ccy|curr)",
    r"валюта|νομισμα|عملة|العملة|ارز|מטבע|मुद्रा|สกุลเงิน|\S*(?:货币|貨幣|通貨|통화|币种)\S*",
)
TIME = (
    r"uhrzeit|zeit|beginn|ende|heure(?: (?:debut|fin|de \w+))?|hora(?: (?:inicio|fin|de \w+))?|"
    r"(?:orario|ora)(?: \w+)?|tijd(?:stip)?|tid(?:spunkt)?|klokkeslett|kello(?:naika)?|ido|"
    r"(?:od|do) godziny|godzina|cas|vreme|saat[i]?|jam|gio|\w+ time|(?:open|close|check) ?\w*",
    r"время|час|ωρα|الوقت|وقت|ساعت|שעה|समय|เวลา|\S*(?:时间|時刻|時間|시간|시각)",
)
LANGUAGE = (
    r"(?:mutter|kunden)?sprache[n]?|langues?(?: (?:maternelle|parlee))?|idiomas?|lenguas?|"
    r"lingu[ae]"
    r"(?: madre)?|jezyk|taal|sprak|sprog|kieli|aidinkieli|nyelv|jazyk|jezik|limba|keel|kalba|"
    r"valoda|dil|bahasa|ngon ngu|lugha|lang ?(?:cd|iso|id)?|native lang(?:uage)?",
    r"язык|мова|език|γλωσσα|لغة|اللغة|زبان|שפה|भाषा|ภาษา|\S*(?:语言|語言|言語|언어)\S*",
)
GEO = (
    r"breiten ?grad|langen ?grad|geografische (?:breite|lange)|latitud[e]?|longitud[e]?|"
    r"latitudine|longitudine|szerokosc(?: \w+)?|dlugosc geograficzna|breedtegraad|lengtegraad|"
    r"\w+ (?:lat|lon|lng|latitude|longitude)|enlem|boylam|[xy] ?coord(?:inate)?|coords?|geom|"
    r"(?:lat|lon|lng) \w+|geo(?: \w+)?|ubicacion|coordenadas|coordonnees(?: gps)?|koordinaten?",
    r"широта|долгота|πλατος|μηκος|خط (?:العرض|الطول)|קו (?:רוחב|אורך)|\S*(?:纬度|经度|緯度|経度|"
    r"經度|위도|경도|坐标|座標)\S*",
)
ETHNICITY = (
    r"ethnie|etnia|raza|raca(?: cor)?|cor raca|razza|etnicita|ethnische (?:herkunft|"
    r"zugehorigkeit)|"
    r"origine (?:ethnique|raciale)|origen etnico|etnisk \w+|etniciteit|"
    r"(?:patient|person|cust|emp) (?:race|ethnicity)|ethn?(?:icity)? ?(?:cd|code|grp|group)|"
    r"(?:race|racial|ethnic) ?(?:group|cd|code|desc|category|origin)?",
    r"национальность|этнос|εθνοτητα|العرق|\S*(?:民族|种族|人種|인종)\S*",
)
HEALTH = (
    r"blut ?gruppe|diagnosen?|krankheit(?:en)?|allergien?|medikamente?|befund|behandlung|"
    r"symptome?|"
    r"groupe sanguin|diagnostic|maladies?|medicaments?|traitement|pathologies?|antecedents(?: "
    r"medicaux)?|grupo sanguineo|tipo (?:de )?sangre|diagnosticos?|enfermedad(?:es)?|"
    r"medicamentos?|alergias?|tratamiento|doencas?|diagnosi|malatti[ae]|farmac[oi]|terapia|"
    r"gruppo sanguigno|grupa krwi|rozpoznanie|choroba|leki|bloedgroep|ziekte|blodgrupp|blodtype|"
    r"sjukdom|sygdom|sairaus|veriryhma|vercsoport|betegseg|krevni skupina|nemoc|kan grubu|"
    r"hastalik|golongan darah|penyakit|nhom mau|benh|dx(?: ?\w+)?|med(?:ical)? ?cond(?:ition)?s?|"
    r"condition (?:name|desc|code)|procedure ?(?:desc|name)?s?|drugs?(?: ?name)?",
    r"диагноз|заболевание|группа крови|діагноз|кръвна група|διαγνωση|ομαδα αιματος|تشخيص|"
    r"فصيلة الدم|אבחנה|סוג דם|\S*(?:诊断|診断|疾病|病名|血型|血液型|혈액형|진단|过敏|症状)\S*",
)
FLAG = (
    r"aktiv|actif|activo|attivo|ativo|aktywny|actief|verified|subscribed|consent|opt ?(?:in|out)|"
    r"married|smoker|churned|newsletter|has \w+|deceased|available|approved|locked|archived|"
    r"completed|paid|published|required|visible|valid|hidden|public|private|default",
)
NAME = (
    r"nome|noms?|nombres?|navn|namn|nimi|naam|nazwa|nev|nume|ime|nama|ten|isim|ad|имя|названи[ея]|"
    r"ονομα|اسم|الاسم|שם|نام|名前|名称|名|이름|नाम|ชื่อ|jina|nimetus|vardas|naziv|nazov|nazev"
)
