"""Towns of more countries, large and middling. Literal data for `dictionaries`; parted by `|
`."""

from __future__ import annotations

CITIES = """
kangasala|raisio|iisalmi|hamina|kaarina|forssa|kuusamo|heinola|jämsä|uusikaupunki|loimaa|lieksa|
naantali|loviisa|kauhajoki|äänekoski|sastamala|ylivieska|kitee|nurmes|parainen|huittinen|
tatabánya|kaposvár|érd|veszprém|nagykanizsa|dunakeszi|dunaújváros|hódmezővásárhely|szolnok|
salgótarján|cegléd|baja|ózd|vác|gödöllő|gyula|orosháza|mosonmagyaróvár|pápa|esztergom|ajka|
jászberény|gyöngyös|siófok|makó|szekszárd|hajdúszoboszló|kiskunfélegyháza|kiskunhalas|komló|
várpalota|békéscsaba|szentes|mohács|keszthely|budaörs|tata|sárospatak|hatvan|monor|paks|tapolca|
kőszeg|sárvár|mátészalka|
mediaș|drobeta turnu severin|râmnicu vâlcea|târgu jiu|satu mare|baia mare|botoșani|piatra neamț|
focșani|bistrița|tulcea|slatina|alba iulia|giurgiu|deva|hunedoara|zalău|sfântu gheorghe|bârlad|
vaslui|roman|turda|slobozia|voluntari|lugoj|petroșani|pașcani|târgoviște|câmpulung|caracal|
odorheiu secuiesc|onești|făgăraș|mangalia|reghin|dej|sighișoara|mioveni|câmpina|oltenița|
otopeni|
amadora|almada|queluz|barreiro|odivelas|póvoa de varzim|maia|loulé|olhão|portalegre|
torres vedras|
vila do conde|vila franca de xira|vila real|vila nova de gaia|estremoz|
itaquaquecetuba|suzano|taboão da serra|sumaré|embu das artes|americana|marília|jacareí|
indaiatuba|
cotia|hortolândia|rio claro|araçatuba|cariacica|serra|linhares|nova iguaçu|duque de caxias|
belford roxo|campos dos goytacazes|montes claros|poços de caldas|guarapuava|jaraguá do sul|
canoas|
viamão|novo hamburgo|jaboatão dos guararapes|paulista|parnamirim|caucaia|juazeiro do norte|
ananindeua|castanhal|ji paraná|dourados|três lagoas|corumbá|várzea grande|aparecida de goiânia|
rio verde|arapiraca|
rapperswil jona|dietikon|wädenswil|wettingen|kreuzlingen|bülach|kloten|opfikon|adliswil|thalwil|
volketswil|regensdorf|meilen|küsnacht|stäfa|schlieren|pully|morges|yverdon les bains|renens|
prilly|
gland|ecublens|monthey|sierre|martigny|vernier|lancy|meyrin|onex|carouge|versoix|le locle|
delémont|
porrentruy|grenchen|solothurn|burgdorf|langenthal|lyss|steffisburg|ostermundigen|muttenz|
pratteln|
allschwil|binningen|reinach|liestal|riehen|oftringen|zofingen|lenzburg|brugg|wohlen|rheinfelden|
cham|baar|risch|freienbach|wollerau|schwyz|altdorf|stans|sarnen|glarus|herisau|appenzell|gossau|
uzwil|altstätten|davos|st. moritz|landquart|mendrisio|chiasso|minusio|
sankt pölten|leonding|klosterneuburg|wolfsberg|traun|krems|amstetten|kapfenberg|lustenau|
hallein|
mödling|traiskirchen|schwechat|braunau|stockerau|saalfelden|ansfelden|tulln|hohenems|telfs|
spittal an der drau|bruck an der mur|ternitz|perchtoldsdorf|korneuburg|bludenz|hall in tirol|
schwaz|wörgl|gmunden|bad ischl|ried|vöcklabruck|zell am see|bischofshofen|lienz|judenburg|
knittelfeld|weiz|mistelbach|zwettl|horn|
mouscron|seraing|vilvoorde|beveren|dendermonde|lokeren|beringen|dilbeek|geel|heist op den berg|
sint truiden|ninove|waregem|brasschaat|grimbergen|mol|lier|evergem|tienen|wavre|arlon|bastogne|
dinant|huy|spa|ath|soignies|nivelles|knokke heist|ieper|poperinge|diksmuide|veurne|tongeren|
bilzen|
lommel|maaseik|eupen|malmedy|ciney|binche|châtelet|herstal|zottegem|eeklo|deinze|izegem|menen|
torhout|aarschot|diest|
capelle aan den ijssel|nieuwegein|amstelveen|velsen|heemskerk|beverwijk|castricum|heerhugowaard|
schagen|enkhuizen|edam|volendam|barneveld|harderwijk|nijkerk|putten|ermelo|winterswijk|
wageningen|
culemborg|wijchen|veghel|uden|boxtel|waalwijk|oosterhout|etten leur|terneuzen|kerkrade|geleen|
valkenburg|steenwijk|hoogeveen|coevorden|stadskanaal|veendam|winschoten|delfzijl|appingedam|
franeker|bolsward|dokkum|oldenzaal|rijssen|raalte|ommen|bodegraven|alphen aan den rijn|
papendrecht|
zwijndrecht|ridderkerk|barendrecht|maassluis|naaldwijk|wassenaar|leiderdorp|noordwijk|lisse|
hillegom|huizen|laren|baarn|rhenen|
ytrebygda|askøy|horten|mo i rana|kristiansund|jessheim|alta|narvik|elverum|leirvik|grimstad|
mandal|
levanger|namsos|egersund|florø|førde|hønefoss|notodden|risør|røros|svolvær|hammerfest|vadsø|
kirkenes|lillestrøm|ski|asker|bærum|stavern|kragerø|farsund|flekkefjord|voss|odda|stord|
stjørdal|
verdal|
täby|borlänge|lidingö|örnsköldsvik|karlskoga|trelleborg|lidköping|alingsås|piteå|ängelholm|
kungälv|
enköping|katrineholm|västervik|falkenberg|karlshamn|värnamo|ystad|ronneby|kristinehamn|
oskarshamn|
boden|köping|mora|ludvika|avesta|kumla|arvika|hudiksvall|söderhamn|bollnäs|härnösand|sollefteå|
mariestad|falköping|tranås|nässjö|eksjö|vetlanda|nybro|höganäs|eslöv|sala|fagersta|norrtälje|
sigtuna|vallentuna|märsta|
hørsholm|taastrup|ølstykke|skive|nykøbing falster|thisted|vordingborg|frederikssund|kalundborg|
middelfart|aabenraa|varde|tønder|ribe|skanderborg|hobro|hedensted|grenaa|ikast|struer|lemvig|
ringkøbing|skagen|maribo|nakskov|korsør|faaborg|assens|rønne|greve|glostrup|hvidovre|birkerød|
farum|
białystok|ruda śląska|dąbrowa górnicza|gorzów wielkopolski|jastrzębie zdrój|nowy sącz|
jelenia góra|
piotrków trybunalski|ostrów wielkopolski|ostrowiec świętokrzyski|siemianowice śląskie|żory|
tarnowskie góry|tomaszów mazowiecki|stalowa wola|będzin|zgierz|piekary śląskie|świętochłowice|
zawiercie|iława|oleśnica|
havířov|most|frýdek místek|teplice|děčín|karlovy vary|chomutov|přerov|jablonec nad nisou|
prostějov|
třebíč|česká lípa|třinec|tábor|znojmo|kolín|příbram|písek|cheb|trutnov|orlová|kroměříž|vsetín|
šumperk|uherské hradiště|břeclav|hodonín|český těšín|litoměřice|havlíčkův brod|nový jičín|
chrudim|
krnov|sokolov|litvínov|strakonice|valašské meziříčí|klatovy|kopřivnice|jindřichův hradec|
kutná hora|bohumín|vyškov|blansko|žďár nad sázavou|náchod|beroun|mělník|rakovník|český krumlov|
svitavy|jičín|louny|kadaň|benešov|rokycany|tachov|domažlice|
martin|prievidza|považská bystrica|michalovce|spišská nová ves|komárno|levice|humenné|bardejov|
liptovský mikuláš|lučenec|piešťany|ružomberok|nové zámky|pezinok|topoľčany|trebišov|čadca|
rimavská sobota|dubnica nad váhom|partizánske|vranov nad topľou|hlohovec|senica|brezno|malacky|
snina|kežmarok|senec|rožňava|žiar nad hronom|dolný kubín|nové mesto nad váhom|
bánovce nad bebravou|
púchov|handlová|skalica|galanta|stará ľubovňa|levoča|myjava|svidník|detva|stropkov|krupina|
modra|
šamorín|bojnice|
ptuj|kamnik|trbovlje|domžale|nova gorica|izola|škofja loka|murska sobota|postojna|
slovenj gradec|
vrhnika|kočevje|ravne na koroškem|litija|brežice|krško|sežana|radovljica|bled|tržič|piran|
slovenska bistrica|ajdovščina|idrija|črnomelj|ljutomer|split|velika gorica|slavonski brod|
bjelovar|
kaštela|samobor|vinkovci|koprivnica|đakovo|vukovar|čakovec|požega|zaprešić|sinj|petrinja|
križevci|
virovitica|makarska|metković|trogir|rovinj|poreč|umag|knin|gospić|krapina|županja|labin|
zrenjanin|
pančevo|čačak|kruševac|kraljevo|smederevo|leskovac|užice|valjevo|vranje|šabac|sombor|požarevac|
pirot|zaječar|kikinda|bor|vršac|zenica|bihać|brčko|prijedor|trebinje|doboj|cazin|travnik|konjic|
kohtla järve|viljandi|rakvere|maardu|sillamäe|kuressaare|võru|valga|haapsalu|jõhvi|paide|keila|
elva|põlva|ventspils|rēzekne|valmiera|jēkabpils|ogre|tukums|cēsis|salaspils|kuldīga|sigulda|
alytus|
marijampolė|mažeikiai|jonava|utena|kėdainiai|telšiai|tauragė|ukmergė|visaginas|plungė|kretinga|
palanga|radviliškis|druskininkai|rokiškis|biržai|elektrėnai|kuršėnai|trakai|neringa|
giugliano in campania|torre del greco|casoria|vibo valentia|caltanissetta|marsala|vittoria|
acireale|alghero|quartu sant elena|sesto san giovanni|cinisello balsamo|rho|moncalieri|rivoli|
collegno|bassano del grappa|sassuolo|riccione|foligno|spoleto|assisi|orvieto|urbino|
civitanova marche|l aquila|tivoli|fiumicino|anzio|civitavecchia|aprilia|termoli|bisceglie|
bitonto|
altamura|monopoli|cerignola|san severo|manfredonia|osnago|cortina d ampezzo|bressanone|
riva del garda|
vitry sur seine|aubervilliers|colombes|asnières sur seine|aulnay sous bois|rueil malmaison|
saint maur des fossés|drancy|noisy le grand|levallois perret|issy les moulineaux|
neuilly sur seine|
cergy|évry|antony|ivry sur seine|clichy|sarcelles|pantin|meaux|mantes la jolie|villeurbanne|
vénissieux|saint priest|caluire et cuire|villefranche sur saône|mérignac|pessac|talence|royan|
biarritz|anglet|mont de marsan|bergerac|brive la gaillarde|montluçon|le puy en velay|cahors|
auch|
lourdes|foix|la ciotat|fréjus|menton|digne les bains|fougères|alençon|cherbourg|saint lô|
lisieux|
fécamp|saint quentin|abbeville|boulogne sur mer|maubeuge|cambrai|charleville mézières|sedan|
épernay|châlons en champagne|chaumont|bar le duc|sarreguemines|haguenau|sélestat|montbéliard|
dole|
lons le saunier|sens|chalon sur saône|le creusot|dreux|saumur|la roche sur yon|
afyonkarahisar|artvin|ardahan|ığdır|ağrı|muş|bitlis|şırnak|adıyaman|burdur|fethiye|marmaris|
kırklareli|bartın|çankırı|gümüşhane|bayburt|bilecik|gəncə|sumqayıt|mingəçevir|naxçıvan|şəki|
lənkəran|şirvan|yevlax|quba|qəbələ|şamaxı|xaçmaz|bərdə|ağdam|ağdaş|göyçay|salyan|imişli|
sabirabad|
tovuz|qazax|şəmkir|astara|masallı|cəlilabad|zaqatala|қарағанды|ақтөбе|тараз|өскемен|семей|
атырау|
қостанай|қызылорда|орал|петропавл|ақтау|теміртау|түркістан|көкшетау|талдықорған|екібастұз|
рудный|
жезқазған|балқаш|сарань|сәтбаев|жаңаөзен|
новокузнецк|набережные челны|улан удэ|чита|нижний тагил|курган|череповец|саранск|владикавказ|
якутск|грозный|стерлитамак|нижневартовск|йошкар ола|таганрог|сыктывкар|комсомольск на амуре|
нальчик|нижнекамск|шахты|дзержинск|братск|ангарск|орск|благовещенск|энгельс|бийск|прокопьевск|
рыбинск|балаково|южно сахалинск|армавир|северодвинск|абакан|норильск|петропавловск камчатский|
сызрань|каменск уральский|златоуст|электросталь|коломна|серпухов|великий новгород|майкоп|элиста|
кызыл|миасс|рубцовск|пятигорск|кисловодск|ессентуки|черкесск|дербент|каспийск|хасавюрт|назрань|
невинномысск|батайск|волгодонск|новочеркасск|арзамас|муром|ковров|обнинск|елец|старый оскол|
железнодорожный|щёлково|ногинск|орехово зуево|клин|дмитров|чехов|ухта|воркута|магадан|уссурийск|
находка|артём|донецьк|кривий ріг|маріуполь|луганськ|макіївка|горлівка|кам янське|кременчук|
біла церква|краматорськ|мелітополь|керч|бровари|євпаторія|бердянськ|нікополь|слов янськ|
павлоград|
сєвєродонецьк|мукачево|конотоп|умань|дрогобич|стрий|калуш|коломия|ніжин|бориспіль|ірпінь|ковель|
шостка|прилуки|лубни|миргород|пловдив|варна|бургас|русе|стара загора|плевен|сливен|добрич|шумен|
перник|хасково|ямбол|пазарджик|благоевград|велико търново|враца|габрово|асеновград|видин|
казанлък|
кърджали|кюстендил|монтана|димитровград|търговище|ловеч|силистра|разград|дупница|гомель|могилёв|
витебск|гродно|брест|бобруйск|барановичи|борисов|пинск|орша|мозырь|солигорск|лида|полоцк|
нови сад|
ниш|крагујевац|суботица|зрењанин|панчево|чачак|битола|куманово|прилеп|тетово|охрид|
αγρίνιο|κοζάνη|βέροια|δράμα|καρδίτσα|κέρκυρα|ρέθυμνο|κόρινθος|πτολεμαΐδα|τρίπολη|μυτιλήνη|χίος|
γιαννιτσά|πύργος|άργος|σπάρτη|ναύπλιο|έδεσσα|φλώρινα|καστοριά|γρεβενά|άρτα|πρέβεζα|λευκάδα|
ζάκυνθος|αίγιο|λιβαδειά|θήβα|κιλκίς|νάουσα|νίκαια|κηφισιά|χαλάνδρι|νέα σμύρνη|ηλιούπολη|
κερατσίνι|
ίλιον|αχαρνές|ελευσίνα|μέγαρα|λεμεσός|λευκωσία|λάρνακα|πάφος|
ירושלים|תל אביב|חיפה|ראשון לציון|פתח תקווה|אשדוד|נתניה|באר שבע|בני ברק|חולון|רמת גן|אשקלון|
רחובות|
בת ים|בית שמש|כפר סבא|הרצליה|חדרה|מודיעין|נצרת|לוד|רמלה|רעננה|גבעתיים|הוד השרון|ראש העין|נהריה|
קריית גת|קריית אתא|קריית מוצקין|קריית ביאליק|קריית ים|עפולה|אילת|נס ציונה|עכו|אלעד|כרמיאל|טבריה|
יבנה|דימונה|טייבה|נוף הגליל|שפרעם|סחנין|צפת|מגדל העמק|נתיבות|אופקים|ערד|יקנעם|נשר|גדרה|
קריית שמונה|
מעלה אדומים|ביתר עילית|אריאל|טירה|אור יהודה|אור עקיבא|יהוד|שדרות|ירוחם|מצפה רמון|זכרון יעקב|
פרדס חנה|
شبرا الخيمة|بورسعيد|السويس|الأقصر|المنصورة|المحلة الكبرى|طنطا|أسيوط|الإسماعيلية|الفيوم|الزقازيق|
أسوان|دمياط|دمنهور|المنيا|بني سويف|قنا|سوهاج|شبين الكوم|بنها|كفر الشيخ|مرسى مطروح|الغردقة|
العريش|
شرم الشيخ|مكة المكرمة|الطائف|بريدة|تبوك|خميس مشيط|الهفوف|الجبيل|حفر الباطن|حائل|نجران|ينبع|أبها|
عرعر|سكاكا|جازان|القطيف|الخبر|الظهران|الخرج|عنيزة|الباحة|بيشة|أبو ظبي|العين|عجمان|رأس الخيمة|
الفجيرة|أم القيوين|خورفكان|الريان|الوكرة|الخور|مسيعيد|مدينة الكويت|حولي|السالمية|الفروانية|
الجهراء|
الأحمدي|الفحيحيل|صباح السالم|المحرق|مدينة عيسى|سترة|صلالة|صحار|نزوى|صور|السيب|الرستاق|عبري|
البريمي|
بهلاء|تعز|الحديدة|إب|المكلا|ذمار|سيئون|زبيد|عمران|كركوك|النجف|كربلاء|السليمانية|الناصرية|
العمارة|
الديوانية|الكوت|الحلة|الرمادي|الفلوجة|سامراء|تكريت|بعقوبة|دهوك|اللاذقية|حماة|دير الزور|الرقة|
الحسكة|القامشلي|طرطوس|إدلب|درعا|السويداء|تدمر|جبلة|صيدا|جونيه|زحلة|بعلبك|النبطية|العقبة|السلط|
مادبا|الكرك|معان|جرش|عجلون|المفرق|الطفيلة|رام الله|الخليل|نابلس|جنين|طولكرم|قلقيلية|بيت لحم|
أريحا|
خان يونس|رفح|أم درمان|بورتسودان|كسلا|الأبيض|مصراتة|سبها|طبرق|الزاوية|درنة|سرت|تونس|القيروان|
بنزرت|
قابس|أريانة|قفصة|القصرين|المنستير|نابل|الحمامات|المهدية|باجة|جندوبة|الكاف|سليانة|زغوان|توزر|
تطاوين|
مدنين|الجزائر|عنابة|باتنة|البليدة|سطيف|الجلفة|سيدي بلعباس|بسكرة|تبسة|تلمسان|تيارت|بجاية|سكيكدة|
بشار|ورقلة|غرداية|مستغانم|المدية|الأغواط|مكناس|وجدة|القنيطرة|تطوان|آسفي|سلا|الجديدة|بني ملال|
الناظور|خريبكة|سطات|تازة|العيون|الصويرة|ورزازات|الراشيدية|برشيد|الحسيمة|العرائش|القصر الكبير|
نواكشوط|مقديشو|جيبوتي|
کرمانشاه|ارومیه|رشت|زاهدان|همدان|کرمان|یزد|اردبیل|بندرعباس|اراک|اسلامشهر|زنجان|سنندج|قزوین|
خرم آباد|گرگان|ساری|شهریار|قدس|کاشان|ملارد|دزفول|نیشابور|بابل|خمینی شهر|سبزوار|گلستان|آمل|
پاکدشت|
نجف آباد|بروجرد|آبادان|قرچک|بجنورد|ورامین|بوشهر|ساوه|قائم شهر|بیرجند|نسیم شهر|سیرجان|خوی|ایلام|
بوکان|شهرکرد|سمنان|فردیس|مرودشت|مهاباد|رفسنجان|شاهرود|مراغه|ملایر|گنبد کاووس|شاهین شهر|میاندوآب|
یاسوج|بندر انزلی|ماهشهر|مریوان|سقز|کابل|هرات|مزار شریف|قندهار|جلال آباد|
मुंबई|दिल्ली|नई दिल्ली|बेंगलुरु|हैदराबाद|अहमदाबाद|चेन्नई|कोलकाता|सूरत|पुणे|जयपुर|लखनऊ|कानपुर|
नागपुर|इंदौर|इन्दौर|ठाणे|भोपाल|विशाखापत्तनम|पटना|वडोदरा|गाजियाबाद|लुधियाना|आगरा|नासिक|फरीदाबाद|
मेरठ|राजकोट|वाराणसी|श्रीनगर|औरंगाबाद|धनबाद|अमृतसर|इलाहाबाद|प्रयागराज|रांची|हावड़ा|कोयंबटूर|जबलपुर|
ग्वालियर|विजयवाड़ा|जोधपुर|मदुरै|रायपुर|कोटा|गुवाहाटी|चंडीगढ़|सोलापुर|बरेली|मुरादाबाद|मैसूर|
गुड़गांव|अलीगढ़|जालंधर|भुवनेश्वर|सेलम|गोरखपुर|बीकानेर|अमरावती|नोएडा|जमशेदपुर|भिलाई|कटक|कोच्चि|
नेल्लोर|भावनगर|देहरादून|दुर्गापुर|आसनसोल|नांदेड़|कोल्हापुर|अजमेर|उज्जैन|सिलीगुड़ी|झांसी|जम्मू|
सांगली|मंगलुरु|उदयपुर|जामनगर|गया|मथुरा|पानीपत|सहारनपुर|शाहजहांपुर|बिलासपुर|अगरतला|मुजफ्फरनगर|
हरिद्वार|ऋषिकेश|शिमला|काठमांडू|पोखरा|ललितपुर|भक्तपुर|बिराटनगर|बीरगंज|
กรุงเทพ|กรุงเทพฯ|กรุงเทพมหานคร|เชียงใหม่|เชียงราย|นนทบุรี|ปากเกร็ด|หาดใหญ่|นครราชสีมา|อุดรธานี|
สุราษฎร์ธานี|ขอนแก่น|นครศรีธรรมราช|นครสวรรค์|อุบลราชธานี|นครปฐม|ภูเก็ต|พัทยา|พิษณุโลก|รังสิต|
ลำปาง|
สงขลา|ระยอง|ยะลา|ตรัง|สกลนคร|สมุทรปราการ|สมุทรสาคร|กาฬสินธุ์|ร้อยเอ็ด|มหาสารคาม|แม่สอด|ชลบุรี|
ศรีราชา|หัวหิน|ราชบุรี|กาญจนบุรี|เพชรบุรี|จันทบุรี|ตราด|ฉะเชิงเทรา|ปราจีนบุรี|สระบุรี|ลพบุรี|
อยุธยา|พระนครศรีอยุธยา|อ่างทอง|สิงห์บุรี|ชัยนาท|สุพรรณบุรี|กำแพงเพชร|ตาก|สุโขทัย|อุตรดิตถ์|แพร่|
น่าน|พะเยา|ลำพูน|แม่ฮ่องสอน|เลย|หนองคาย|นครพนม|มุกดาหาร|ยโสธร|ศรีสะเกษ|สุรินทร์|บุรีรัมย์|ชัยภูมิ|
เพชรบูรณ์|พิจิตร|ชุมพร|ระนอง|กระบี่|พังงา|พัทลุง|สตูล|ปัตตานี|นราธิวาส|เบตง
"""
