"""More words of more languages, for `dictionaries`: names of people and of what places them.

Names and trades are words, the rest are entries with "|" between.
"""

from __future__ import annotations

NAMES = """
अंजलि अजय अनिल अनीता अमित अरुण अर्जुन आकाश आदित्य आरती इंदिरा कमल करण कविता किरण कृष्ण गणेश गीता
गोपाल जगदीश ज्योति दिनेश दीपक दीपा नरेंद्र निशा नीलम नेहा पंकज पवन पूजा प्रकाश प्रभात प्रिया बबीता
भारत
मनीष मनोज महेश माया मीना मोहन रवि राजेश राजू राधा राम रावण राहुल रीता रेखा रोहित लक्ष्मी ललित विकास
विजय
विनोद विवेक शंकर शांति श्याम संजय संतोष सचिन सरिता सविता सीता सुधा सुनील सुनीता सुरेश सोनिया हरि
हेमंत
अगरवाल अग्रवाल कपूर कुमार कौर खन्ना खान गुप्ता गुप्त घोष चौधरी चौहान जैन जोशी ठाकुर तिवारी त्रिपाठी
दत्त
दास दुबे देवी नायर पटेल पांडे पाण्डे पाठक बंसल बजाज भट भट्ट मलिक मल्होत्रा मिश्रा मेहता यादव राणा
राव
राठौर रेड्डी लाल वर्मा शर्मा शाह शुक्ला श्रीवास्तव सक्सेना सिंह सिन्हा सेठी सोनी श्रेष्ठ थापा गुरुङ
तामाङ
राई लिम्बू अधिकारी भट्टराई कोइराला घिमिरे प्रसाद बहादुर उर्मिला प्रतिसरा
অনিক অনিতা অমিত আনোয়ার আব্দুল আহমেদ ইসলাম উদ্দিন করিম কামাল খাতুন খান চক্রবর্তী চয়ন চৌধুরী জামাল
তালুকদার দত্ত দাস নাহার পাল ফাতেমা বসু বেগম মজুমদার মণ্ডল মিত্র মুখার্জি মোহাম্মদ রহমান রহিম রায়
সরকার
সাহা সিং সিকদার সুমন সুশান্ত সেন সোহেল হক হাসান হোসেন আক্তার আলী মিয়া শেখ শাহ খুশি ঘোষ
அன்பு அருண் ஆனந்த் இளங்கோ கண்ணன் கமலா கவிதா குமார் கோபால் சரவணன் சாந்தி சிவா சுந்தரம் செல்வம் செல்வி
தமிழ் தேவி நந்தினி பாண்டியன் பிரியா மணி மீனா முருகன் ரஞ்சிதம் ராஜா ராமன் லட்சுமி வள்ளி விஜய் வேலு
กมล กิตติ ขวัญ จันทร์ ชัย ชัยวัฒน์ ณัฐ ณัฐพล ธนพล ธีระ นภา นิภา บุญ ประสิทธิ์ ปราณี พร พรทิพย์ พิมพ์
ภาณุ มานะ มานี รัตนา วรรณา วิชัย วิภา วีระ ศรี ศิริ ศิริพร สมเกียรติ สมชาย สมบัติ สมพร สมศรี
สมศักดิ์ สมหญิง
สมหมาย สุชาติ สุดา สุนทร สุนีย์ สุภา สุรชัย อนุชา อรุณ อัญชลี อัญพัชร์ อาทิตย์ อารี โกมล ใจดี ทองดี
แสงทอง
آرش آرمان آزاده احسان احمد احمدی اسماعیل اصغر اکبر اکبری الهام الهه امیر امین ایمان بابک بهرام
بهروز بهزاد
پرویز پروین پریسا پویا تقوی ثریا جعفر جعفری جلال جمشید جواد حامد حسن حسنی حسین حسینی حمید حیدری
خانم خسرو
داود رامین رحیمی رسول رستمی رضا رضایی زاده زهرا زینب سارا سجاد سعید سلیمانی سمیرا سهراب سیامک شاهین
شهرام
شیرین صادق صادقی صالحی طاهره عباس عباسی عسگری علی علیرضا غلام فاطمه فرامرز فرجی فرهاد فریبا فریده
فرزانه کامران
کاظم کاظمی کریم کریمی کوروش کیان لیلا مائده مجید محسن محمد محمدی محمود مرادی مرتضی مرضیه مریم مسعود
مصطفی معصومه
ملیکا منصور مهدی مهدوی مهران موسوی مونا مینا ناصر ناهید نرگس نسرین نعمتی نوری نیلوفر هادی هاشمی
همایون هوشنگ
یاسمن یاسر یگانه یوسف یوسفی
أحمد أمل أمينة أنس أيمن إبراهيم إسراء إسماعيل إيمان الله الحسن الدين الرحمن أميرة أمير أسامة أسماء
أشرف بدر بسام
بشير بلال بلقيس تامر ثامر جابر جاسم جمال جميلة جود حاتم حسام حسناء حليمة حمد حمدان حمزة حنان خالد
خديجة خليفة خليل
دانا دلال دينا راشد رامي رانيا رائد رباب رحمة رشا رشيد رنا رياض ريم زكريا زكي زياد زيد زينة سالم
سامي سامية سعاد
سعود سلطان سلمان سلمى سليم سليمان سليمة سمير سميرة سناء سهيل شريف شيماء صالح صباح صلاح ضحى طارق
طلال عادل عائشة
عبد عبدالله عبير عثمان عدنان عزيز عصام علاء عماد عمار عمر عمرو غادة غسان فادي فارس فاطمة فهد فؤاد
فيصل قاسم كريمة
كمال لطيفة لمياء لينا ليلى ماجد مازن مالك مأمون محمدين مراد مروان مريم مصطفى منال منى مها موسى
ناديا نادر ناصر نبيل
نجلاء نجوى ندى ندير نزار نسرين نهى نوال نوح نور نورا نورة نورهان هاجر هادي هاني هبة هدى هشام هند
هيثم وائل وسام وسيم
وفاء وليد ياسر ياسمين ياسين يحيى يزيد يسرى يعقوب يوسف
אברהם אביגיל אורי אורית איילת איתן אלון אליהו אלעד אסתר אפרת בנימין ברק גבריאל גיא גיל דוד דורון דן
דנה דניאל דפנה
חנה יאיר יהודה יוסף יעל יעקב יצחק ירון ישראל לאה ליאור מאיה מיכאל מיכל מירי משה נועה נועם נעמי נתן
עידו עומר ענת עמית
רבקה רון רונית רות רחל שי שירה שלמה שמעון שרה תמר כהן לוי מזרחי פרץ ביטון אברהמי פרידמן שפירא כץ
אזולאי דהן
αγγελος αθανασια αλεξανδρα αλεξης αλεξιος ανατολη ανδρομαχη ανδρονικος ανθη αντωνια απολλων
αποστολος αργυρω
αριστειδης αρτεμις αρχοντια ασημινα ασπασια αφροδιτη βαιος βαρβαρα βασιλης βλασιος γερασιμος
γιαννης γιωργος γρηγοριος
δαμιανος δανιηλ δημητριος διονυσιος διονυσια δωροθεα ελευθερια ελευθεριος ελισαβετ εμμανουηλ
ευαγγελος ευγενια ευδοκια
ευθυμιος ευσταθιος ευτυχια ευτυχιος ζαχαριας ζησης ζωη ηλεκτρα ηρακλης θαλεια θανασης θεμιστοκλης
θεοδωρα θεοδοσιος
θεοφανης θησευς θωμας ιακωβος ιασων ιγνατιος ιορδανης ιουλια ιπποκρατης ισαακ ισιδωρος ισμηνη
ιφιγενεια ιωακειμ καλλιοπη
κατερινα κλεομενης κλεοπατρα κοσμας κυριακος κυριακη κωστας λαμπρος λαμπρινη λεωνιδας λουκας λυδια
μαγδαληνη μανωλης
μαρια μαριος μαρκος μαρινος μαρινα ματθαιος μελινα μενελαος μηνας μιλτιαδης μιχαλης ναταλια
νεκταριος νικη νικηφορος
νικολαος νικος ξανθιππη ξενοφων οδυσσεας ολγα ορεστης ορφεας ουρανια παναγης πανος παντελης παρις
πασχαλης παυλος
πελαγια περικλης πετρουλα πηνελοπη πολυβιος πολυμνια πολυξενη προδρομος ραφαηλ ρεα ροδοπη σαββας
σεραφειμ σοφοκλης
σπυρος σταματης σταματια στεργιος στυλιανη στυλιανος σωκρατης σωτηρης σωτηρια ταξιαρχης τιμοθεος
τριανταφυλλος τρυφων
φαιδρα φανη φιλιππος φωτεινη φωτιος φωτης χαραλαμπος χαραλαμπης χαρικλεια χρηστος χρυσανθη χρυσα
χρυσοστομος
abiodun adaeze adeola adewale amaka amina ayodele bolanle bongani busisiwe chiamaka chidi chiamaka
chinedu chinwe
chukwu dlamini dumisani ebele emeka fagunwa femi folake funmilayo gugu hlengiwe ifeanyi ifeoma ike
jabulani kagiso
kelechi khumalo khoza kwame kwabena kofi abena akosua ama lerato lindiwe lungile mandla mbali
mkhize mthembu musa
mwangi wanjiku kamau otieno achieng odhiambo wambui njoroge kipkorir cheruiyot ncube ndlovu ngcobo
ngozi nkosi nkechi
nomsa nomvula ntombi nxumalo njabulo nwosu obi obinna ogechi okafor okeke okonkwo olamide olujimi
onyeka oyindasola
sibongile sibusiso sifiso simphiwe sipho sizwe tendai thabo thandeka thandi themba thulani tshepo
tunde uche zanele
zibuyile zinhle zodwa zulu zuma zungu
agus ahmad andi ani asih aulia bagus bambang budi cahya citra dedi dewi dian dwi eka eko endang
fajar farida fitri
galih gunawan hadi handayani hariyanto hartono hasanah hidayat indah intan irfan iswahyudi kartika
kurniawan kusuma
lestari mahendra maulana melati mulyani mustofa nugroho nurul permata pranata prasetya prasetyo
pratama pratiwi puspita
putra putri rahayu rahmawati ramadhan ratna rini rizki safitri santoso saputra saragih sari
setiawan sihombing simanjuntak
sinaga siregar siti sitompul slamet sri suharto sukma suryani suryono susanti sutrisno tri utami
utomo wahyu wahyudi
wati wibowo widodo wijaya wijayanti winarsih wulandari yanti yudha yulianti yuliana yusuf
asta austeja birute dalia daiva darius dovydas egle gediminas giedre gintaras gintare inga jolanta
jonas juozas jurgita
kazys kristina laima lina linas lukas mantas martynas mindaugas monika neringa paulius petras
ramunas rasa reda regina
rima rimantas rokas ruta saulius simonas tautvydas tomas vaida vilma virginija vytautas zivile
kazlauskas petrauskas
balciunas butkus gailius kaupas navickas paulauskas sadauskas vasiliauskas zukauskas
"""

GENDERS = """
kvinde|mand|han|hun|kvinne|mann|intetkjønn|hankjønn|hunkjønn|kadın|erkek|diğer|belirtilmemiş|чол|
жін|чоловік|
чоловіча|жіноча|жінка|ж|ч|м|муж|жен|мужской|женский|мужчина|женщина|żeński|męski|nijaki|kobieta|
mężczyzna|ženski|
muški|žena|muž|ženské|mužské|muž|žena|kişi|qadın|kvenkyns|karlkyns|karlkyn|annað|nő|férfi|naine|
mees|vyras|moteris|
sieviete|vīrietis|moški|ženska|мъж|жена|ανδρας|γυναικα|αρσενικο|θηλυκο|άλλο|αρρεν|θηλυ|ذكر|أنثى|مرد|
زن|مذکر|مؤنث|
זכר|נקבה|पुरुष|महिला|स्त्री|পুরুষ|মহিলা|ชาย|หญิง|nam|nữ|laki laki|perempuan|pria|wanita|lelaki|
mwanaume|
mwanamke|nainen|mies|kvinna|man|vrouw|onbekend|masculino|femenino|varón|mujer|ер|әйел
"""

COUNTRIES = """
россия|российская федерация|украина|беларусь|белоруссия|казахстан|германия|франция|италия|испания|
польша|
великобритания|соединенные штаты америки|сша|канада|китай|япония|индия|бразилия|мексика|аргентина|
чили|колумбия|перу|
турция|греция|болгария|румыния|венгрия|чехия|словакия|словения|хорватия|сербия|австрия|швейцария|
швеция|норвегия|
финляндия|дания|исландия|ирландия|португалия|нидерланды|бельгия|эстония|латвия|литва|молдавия|
молдова|грузия|армения|
азербайджан|узбекистан|таджикистан|киргизия|туркмения|монголия|иран|ирак|израиль|египет|ливия|алжир|
тунис|марокко|
судан|эфиопия|кения|нигерия|гана|мали|камерун|ангола|замбия|мозамбик|мадагаскар|юар|австралия|
новая зеландия|
индонезия|малайзия|таиланд|вьетнам|филиппины|пакистан|бангладеш|непал|шри ланка|саудовская аравия|
оаэ|кувейт|катар|
оман|йемен|сирия|ливан|иордания|албания|мальта|кипр|люксембург|монако|куба|ямайка|панама|коста рика|
гватемала|гондурас|
никарагуа|эквадор|боливия|парагвай|уругвай|венесуэла|гаити|сенегал|сомали|чад|нигер|конго|руанда|
уганда|танзания|
намибия|ботсвана|мавритания|либерия|гвинея|центральноафриканская республика|сан марино|фиджи|самоа|
україна|росія|білорусь|німеччина|франція|італія|іспанія|польща|велика британія|китай|японія|індія|
бразилія|туреччина|
греція|болгарія|румунія|угорщина|чехія|словаччина|хорватія|сербія|австрія|швейцарія|швеція|норвегія|
фінляндія|данія|
ірландія|португалія|бельгія|естонія|латвія|литва|грузія|вірменія|єгипет|австралія|кіпр|
アメリカ|アメリカ合衆国|日本|中国|韓国|大韓民国|北朝鮮|台湾|香港|インド|インドネシア|タイ|ベトナム|フィリピン|マレーシア|
シンガポール|ミャンマー|カンボジア|ラオス|モンゴル|ネパール|パキスタン|バングラデシュ|スリランカ|イラン|イラク|イスラエル|
トルコ|サウジアラビア|アラブ首長国連邦|カタール|クウェート|オマーン|イエメン|シリア|レバノン|ヨルダン|アフガニスタン|エジプト|
リビア|アルジェリア|チュニジア|モロッコ|スーダン|エチオピア|ケニア|ナイジェリア|ガーナ|カメルーン|アンゴラ|ザンビア|モザンビーク|
マダガスカル|南アフリカ|ルワンダ|ウガンダ|タンザニア|ナミビア|ボツワナ|セネガル|マリ|チャド|ニジェール|コンゴ|ソマリア|ジンバブエ|
イギリス|フランス|ドイツ|イタリア|スペイン|ポルトガル|オランダ|ベルギー|スイス|オーストリア|スウェーデン|ノルウェー|フィンランド|
デンマーク|アイスランド|アイルランド|アイルランド共和国|ポーランド|チェコ|スロバキア|ハンガリー|ルーマニア|ブルガリア|ギリシャ|セルビア|クロアチア|
スロベニア|ロシア|ウクライナ|ベラルーシ|エストニア|ラトビア|リトアニア|モルドバ|ジョージア|アルメニア|アゼルバイジャン|カザフスタン|
ウズベキスタン|アルバニア|マルタ|キプロス|ルクセンブルク|モナコ|カナダ|メキシコ|ブラジル|アルゼンチン|チリ|ペルー|コロンビア|
ベネズエラ|エクアドル|ボリビア|パラグアイ|ウルグアイ|キューバ|ジャマイカ|パナマ|コスタリカ|グアテマラ|ホンジュラス|ニカラグア|
ハイチ|オーストラリア|ニュージーランド|フィジー|サモア|グアム|アンティグアバーブーダ|モンテネグロ|
中国|中华人民共和国|美国|加拿大|英国|法国|德国|意大利|西班牙|葡萄牙|荷兰|比利时|瑞士|奥地利|瑞典|挪威|芬兰|丹麦|冰岛|爱尔兰|
波兰|捷克|匈牙利|罗马尼亚|保加利亚|希腊|俄罗斯|乌克兰|白俄罗斯|日本|韩国|朝鲜|印度|印度尼西亚|泰国|越南|菲律宾|马来西亚|新加坡|
缅甸|柬埔寨|老挝|蒙古|尼泊尔|巴基斯坦|孟加拉国|斯里兰卡|伊朗|伊拉克|以色列|土耳其|沙特阿拉伯|埃及|利比亚|阿尔及利亚|摩洛哥|苏丹|
埃塞俄比亚|肯尼亚|尼日利亚|加纳|南非|墨西哥|巴西|阿根廷|智利|秘鲁|哥伦比亚|委内瑞拉|古巴|澳大利亚|新西兰|毛里求斯|
대한민국|한국|미국|중국|일본|영국|프랑스|독일|이탈리아|스페인|포르투갈|네덜란드|벨기에|스위스|오스트리아|스웨덴|노르웨이|핀란드|덴마크|
아일랜드|폴란드|체코|헝가리|그리스|러시아|우크라이나|터키|이란|이라크|이스라엘|이집트|리비아|모로코|케냐|나이지리아|남아프리카공화국|인도|
인도네시아|태국|베트남|필리핀|말레이시아|싱가포르|몽골|네팔|파키스탄|방글라데시|아프가니스탄|캐나다|멕시코|브라질|아르헨티나|칠레|페루|
콜롬비아|쿠바|자메이카|호주|뉴질랜드|
Ελλάδα|Κύπρος|Γερμανία|Γαλλία|Ιταλία|Ισπανία|Πορτογαλία|Ηνωμένο Βασίλειο|Ηνωμένες Πολιτείες|ΗΠΑ|
Καναδάς|Κίνα|
Ιαπωνία|Ινδία|Ρωσία|Τουρκία|Αίγυπτος|Μαρόκο|Βραζιλία|Μεξικό|Αργεντινή|Χιλή|Αυστρία|Ελβετία|Σουηδία|
Νορβηγία|
Φινλανδία|Δανία|Ιρλανδία|Πολωνία|Τσεχία|Ουγγαρία|Ρουμανία|Βουλγαρία|Σερβία|Κροατία|Αλβανία|
Αυστραλία|Νέα Ζηλανδία|
مصر|السعودية|المملكة العربية السعودية|الإمارات|الإمارات العربية المتحدة|الكويت|قطر|البحرين|عمان|
اليمن|العراق|سوريا|
لبنان|الأردن|فلسطين|المغرب|الجزائر|تونس|ليبيا|السودان|الصومال|موريتانيا|إيران|تركيا|الهند|باكستان|
الصين|اليابان|
كوريا الجنوبية|إندونيسيا|ماليزيا|فرنسا|ألمانيا|إيطاليا|إسبانيا|البرتغال|بريطانيا|المملكة المتحدة|
روسيا|أوكرانيا|بولندا|
السويد|النرويج|الدنمارك|فنلندا|هولندا|بلجيكا|سويسرا|النمسا|اليونان|رومانيا|بلغاريا|كندا|
الولايات المتحدة|المكسيك|
البرازيل|الأرجنتين|تشيلي|كولومبيا|أستراليا|نيوزيلندا|نيجيريا|كينيا|إثيوبيا|غانا|قبرص|منغوليا|مالاوي|
سلوفينيا|
Türkiye|Almanya|Fransa|İtalya|İspanya|Portekiz|Hollanda|Belçika|İsviçre|Avusturya|İsveç|Norveç|
Finlandiya|Danimarka|
İrlanda|Polonya|Çekya|Macaristan|Romanya|Bulgaristan|Yunanistan|Rusya|Ukrayna|İngiltere|
Birleşik Krallık|ABD|
Amerika Birleşik Devletleri|Kanada|Meksika|Brezilya|Arjantin|Şili|Çin|Japonya|Hindistan|Güney Kore|
Mısır|Fas|Cezayir|
Tunus|Libya|Irak|İran|Suriye|Lübnan|Ürdün|İsrail|Suudi Arabistan|Azerbaycan|Gürcistan|Ermenistan|
Kazakistan|Özbekistan|
Avustralya|Yeni Zelanda|Endonezya|Malezya|Tayland|Güney Afrika|Nijerya|Kenya|Etiyopya
"""


OCCUPATIONS = """
advogada advogado agricultor albañil arquitecta asesor asesora astronauta auxiliar bióloga biólogo
bombero camarera
camarero carpintero científica científico cirujano cocinera cocinero conductor conserje consultora
contable dentista
dependienta dependiente diseñadora diseñador electricista empleada empleado enfermera enfermero
farmacéutico fisioterapeuta
fontanero fotógrafo funcionario investigadora investigador jardinero jefa jefe maestra maestro
mecánico médica médico músico
obrero oficial operador operario panadero peluquera peluquero pescador piloto policía profesora
profesor psicóloga psicólogo
químico receptor redactor sacerdote secretaria secretario soldador tornero traductora traductor
vendedora vendedor
veterinario vigilante monja juez jueza
aktor aktorka analityk architekt asystent broker cukiernik dekarz dentysta dozorca drukarz dyrektor
dziennikarz elektryk
farmaceuta fotograf fryzjer fryzjerka górnik grafik hutnik hydraulik inżynier kelner kelnerka
kierowca kierownik konsultant
kosmetyczka kucharz księgowa księgowy lekarz listonosz magazynier malarz marynarz mechanik model
muzyk nauczyciel
nauczycielka niania ogrodnik operator optyk piekarz pielęgniarka piłkarz pilot pisarz policjant
prawnik programista
projektant psycholog rolnik rzeźnik sekretarka sędzia spawacz specjalista spedytor sprzedawca
sprzątaczka stolarz strażak
strażnik supermodelka technik tester tłumacz trener weterynarz wykładowca żołnierz
celník číšník elektromechanik fotograf hasič herec horník instalatér kadeřník kuchař lékař lékárník
malíř mechanik novinář
operátor pekař pilot pokladní policista právník prodavač programátor přípravář redaktor řezník
řidič sekretářka skladník
soudce svářeč technik truhlář učitel učitelka účetní úředník zahradník zámečník zedník zubař
administrateur adviseur arts bakker beheerder boekhouder bouwvakker chauffeur consulent docent
elektricien journalist
kapper kok leraar loodgieter makelaar medewerker monteur notaris ondersteuner ontwikkelaar
ontwerper schilder schoonmaker
secretaresse slager timmerman tuinman verkoper verpleegkundige vertaler voorlichter
advokat bagare barnmorska brandman elektriker ekonom förskollärare författare frisör gymnast
handläggare ingenjör
jurist kock läkare lärare murare målare mäklare polis präst psykolog rörmokare sekreterare
sjukgymnast sjuksköterska
snickare säljare tandläkare undersköterska veterinär
arkitekt bager direktør fisker fotograf frisør fysioterapeut håndværker ingeniør jurist kok
konsulent landmand laborant
læge lærer markedsfører medarbeider medarbejder murer maler politibetjent programmør pædagog
rådgiver sekretær selger
sjåfør sykepleier sygeplejerske sælger tandlæge tannlege tømrer vaskehjælp økonom
opettaja insinööri lääkäri sairaanhoitaja myyjä kokki kuljettaja asentaja johtaja päällikkö
sihteeri asiantuntija
suunnittelija tutkija lakimies poliisi
avukat aşçı bankacı berber çevirmen doktor eczacı elektrikçi fotoğrafçı garson gazeteci hemşire
hakim kasap kuaför
marangoz mimar muhasebeci müdür mühendis öğretmen pilot polis psikolog rektör sekreter şoför
tekniker terzi veteriner
yazılımcı
barista bibliotecario cameriere commesso contadino cuoca cuoco elettricista falegname fornaio
giardiniere giudice idraulico
impiegata impiegato infermiera infermiere insegnante meccanico muratore operaio parrucchiera
parrucchiere poliziotto
pompiere ragioniere sarto scrittore segretaria segretario tassista veterinaria veterinario
cabeleireira cabeleireiro carpinteiro cozinheira cozinheiro dentista eletricista encanador
enfermeira enfermeiro engenheira
engenheiro farmacêutico fotógrafo garçom jornalista juiz mecânico médica motorista navegador
padeiro pedreiro pescador
pintor professora professor recepcionista secretária soldador tradutor vendedora vendedor zelador
ψυχολογος δικηγορος γιατρος δασκαλος δασκαλα μηχανικος λογιστης νοσοκομα νοσοκομος αρχιτεκτονας
δημοσιογραφος οδηγος
μαγειρας πωλητης πωλητρια υπαλληλος γραμματεας επιχειρηματιας καθηγητης οδοντιατρος φαρμακοποιος
ηλεκτρολογος αστυνομικος
طبيب طبيبة مهندس مهندسة معلم معلمة محاسب محاسبة محامي ممرض ممرضة نجار حداد طباخ سائق صحفي مدير
مديرة كاتب شرطي صيدلي
مبرمج مترجم خباز حلاق مزارع عامل فني تقني مصمم مصور مغني
"""

CITIES = """
abingdon|altrincham|andover|aylesbury|banbury|barnsley|barnstaple|basildon|basingstoke|bedworth|
beverley|bexhill|bideford|bolton|bootle|boston|bournemouth|bracknell|braintree|bridgend|bridgwater|
bridlington|brentwood|burnley|bury|camberley|cannock|carlisle|castleford|caterham|chatham|
chelmsford|cheltenham|chester|chesterfield|chichester|chippenham|chorley|clacton|colchester|corby|
corbridge|coventry|crawley|crewe|croydon|darlington|dartford|daventry|deal|dewsbury|doncaster|
dorchester|dorking|douglas|dover|dudley|dumfries|dunstable|durham|eastbourne|eastleigh|ely|epsom|
evesham|exeter|exmouth|falmouth|fareham|farnham|felixstowe|fleet|folkestone|frome|gateshead|
gillingham|glossop|gloucester|gosport|grantham|gravesend|grays|grimsby|guildford|halifax|harlow|
harrogate|hartlepool|harwich|hastings|hatfield|havant|hemel|hempstead|hereford|hertford|hexham|
hinckley|hitchin|horsham|hove|huddersfield|huntingdon|ilkeston|inverness|ipswich|keighley|kendal|
kettering|kidderminster|kilmarnock|kirkcaldy|lancaster|launceston|leominster|letchworth|lewes|
lichfield|loughborough|lowestoft|ludlow|luton|lymington|maidenhead|maidstone|malvern|mansfield|
margate|matlock|middlesbrough|morpeth|motherwell|newark|newbury|newmarket|newquay|northallerton|
northampton|nuneaton|oldham|ormskirk|oswestry|oxted|paignton|penrith|penzance|peterborough|
petersfield|poole|preston|ramsgate|rawtenstall|reading|redcar|redditch|redhill|reigate|rochdale|
rotherham|rugby|runcorn|ryde|salisbury|salford|scarborough|scunthorpe|sevenoaks|shrewsbury|
sittingbourne|skegness|skipton|slough|solihull|southport|spalding|stafford|staines|stamford|
stevenage|stirling|stockport|stockton|stourbridge|stroud|sudbury|sunderland|swanage|swansea|
swindon|tamworth|taunton|telford|thetford|tiverton|tonbridge|torquay|totnes|trowbridge|truro|
wakefield|wallasey|walsall|warrington|warwick|watford|wells|whitby|wigan|windsor|wisbech|woking|
wokingham|worthing|wrexham|yeovil|
albany|allentown|altoona|ames|anaheim|appleton|asheville|athens|augusta|bakersfield|bangor|bellevue|
bellingham|bend|
billings|biloxi|binghamton|boise|boulder|bozeman|bridgeport|brockton|buffalo|burbank|burlington|
canton|carlsbad|
champaign|chandler|chattanooga|cheyenne|chico|compton|concord|corpus christi|davenport|
daytona beach|dayton|decatur|
denton|des moines|dothan|dover|dubuque|duluth|el paso|elgin|erie|eugene|eureka|evanston|evansville|
everett|fargo|
fayetteville|flagstaff|flint|fontana|fort wayne|fresno|fullerton|gainesville|galveston|gary|
glendale|grand rapids|
greeley|green bay|greensboro|greenville|gresham|hampton|harrisburg|hartford|hialeah|hollywood|
huntington|huntsville|
irvine|irving|ithaca|joliet|kalamazoo|kenosha|killeen|knoxville|la crosse|lafayette|lake charles|
lakeland|lansing|laredo|
las cruces|lincoln|little rock|lowell|lubbock|lynchburg|macon|madison|manchester|mattoon|mcallen|
medford|mesa|
midland|missoula|mobile|modesto|montgomery|muncie|murfreesboro|napa|nashua|norman|norwalk|oceanside|
ogden|olympia|
orem|oshkosh|oxnard|palo alto|pasadena|paterson|pensacola|peoria|pittsfield|plano|pocatello|pomona|
provo|pueblo|
racine|raleigh|redding|reno|riverside|roanoke|rochester|rockford|saginaw|salem|salinas|santa fe|
savannah|schenectady|
scranton|shreveport|sioux city|sioux falls|south bend|spokane|stockton|syracuse|tacoma|tallahassee|
tempe|terre haute|
toledo|topeka|torrance|trenton|tulsa|tuscaloosa|tyler|utica|vallejo|ventura|visalia|waco|waterbury|
waterloo|wichita|
wilmington|worcester|yakima|yonkers|youngstown|yuma|
erlangen|neuötting|pocking|wiehe|amberg|ansbach|aschaffenburg|backnang|balingen|biberach|bocholt|
böblingen|bottrop|buxtehude|
celle|cloppenburg|coburg|cuxhaven|dachau|deggendorf|delmenhorst|detmold|donauwörth|dormagen|dülmen|
düren|eisenach|
emden|emmendingen|erding|eschweiler|esslingen|euskirchen|flensburg|freising|friedberg|fulda|fürth|
garbsen|gera|gießen|
gifhorn|gladbeck|görlitz|goslar|gotha|göppingen|greifswald|grevenbroich|gummersbach|gütersloh|hamm|
hameln|hanau|
hattingen|herford|herne|herten|hof|hürth|itzehoe|jena|kaufbeuren|kempten|kerpen|kleve|konstanz|
landau|landshut|leer|lemgo|
leverkusen|lingen|lippstadt|lörrach|lüdenscheid|lüneburg|lünen|marburg|marl|meerbusch|melle|
memmingen|menden|minden|moers|
neuss|neuwied|nordhorn|oberursel|offenburg|oldenburg|olpe|paderborn|papenburg|passau|peine|
pinneberg|pirmasens|pirna|plauen|
radebeul|rastatt|ravensburg|recklinghausen|remscheid|reutlingen|rheine|rosenheim|rüsselsheim|siegen|
sindelfingen|singen|
soest|solingen|speyer|stade|stralsund|straubing|suhl|trier|troisdorf|tuttlingen|ulm|unna|velbert|
verden|viersen|
villingen schwenningen|waiblingen|weiden|weimar|wesel|wetzlar|willich|witten|worms|zwickau|
biel|zollikofen|aarau|baden|bellinzona|chur|fribourg|köniz|la chaux de fonds|lugano|neuchâtel|olten|
rapperswil|
schaffhausen|sion|thun|uster|vevey|wil|yverdon|bregenz|dornbirn|feldkirch|kufstein|leoben|steyr|
villach|wels|wiener neustadt|
agen|ajaccio|albi|alès|angoulême|annecy|antibes|arles|arras|aubagne|aurillac|auxerre|bastia|bayonne|
beauvais|
belfort|béziers|blois|boulogne billancourt|bourg en bresse|bourges|brive|calais|cannes|carcassonne|
castres|châlons|
chambéry|champigny sur marne|charleville|chartres|châteauroux|cholet|colmar|compiègne|créteil|dax|
dieppe|douai|draguignan|
dunkerque|épinal|évreux|gap|grasse|guéret|hyères|istres|laon|laval|lens|libourne|lorient|mâcon|
malakoff|martigues|melun|
mende|millau|montauban|montélimar|montreuil|moulins|narbonne|nevers|niort|orange|pau|périgueux|
poissy|pontoise|quimper|
rodez|roanne|saint brieuc|saint malo|saint nazaire|saintes|sète|soissons|tarbes|thionville|troyes|
tulle|valence|
valenciennes|vannes|verdun|vesoul|vichy|vienne|vierzon|
agrigento|alessandria|ancona|aosta|arezzo|ascoli piceno|asti|avellino|barletta|belluno|benevento|
biella|brindisi|
busto arsizio|campobasso|carpi|carrara|caserta|catanzaro|cesena|chieti|chioggia|como|cosenza|
cremona|crotone|cuneo|empoli|
enna|faenza|fano|ferrara|foggia|forlì|frosinone|gallarate|gela|gorizia|grosseto|imola|imperia|
isernia|ivrea|jesi|
l'aquila|la spezia|lamezia terme|latina|lecce|lecco|legnano|livorno|lodi|lucca|macerata|mantova|
massa|matera|merano|
modica|molfetta|monza|novara|nuoro|olbia|oristano|pavia|pesaro|pescara|piacenza|pistoia|pordenone|
potenza|pozzuoli|prato|
ragusa|ravenna|reggio calabria|reggio emilia|rieti|rovereto|rovigo|salerno|sanremo|sassari|savona|
siena|siracusa|sondrio|
taranto|teramo|terni|trani|trapani|trento|treviso|udine|varese|verbania|vercelli|viareggio|vicenza|
vigevano|viterbo|
albacete|alcalá de henares|alcobendas|alcorcón|alcoy|algeciras|almería|aranjuez|arrecife|ávila|
avilés|badajoz|badalona|
baracaldo|benidorm|burgos|cáceres|cádiz|cartagena|castellón|ceuta|chiclana|ciudad real|córdoba|
cuenca|dos hermanas|elche|
elda|estepona|ferrol|fuenlabrada|fuengirola|gandía|getafe|gerona|gijón|girona|guadalajara|huelva|
huesca|jaén|jerez|lérida|
linares|lleida|logroño|lorca|lugo|manresa|marbella|mataró|melilla|mérida|móstoles|motril|orense|
ourense|oviedo|palencia|
parla|pontevedra|reus|roquetas de mar|rubí|sabadell|sagunto|salamanca|segovia|soria|talavera|
tarragona|terrassa|teruel|
toledo|torrejón|torrelavega|torrevieja|torrent|utrera|vigo|vitoria|zamora|
andrychów|bełchatów|biała podlaska|bielsko biała|bochnia|bolesławiec|brodnica|brzeg|chełm|chorzów|
chrzanów|ciechanów|
cieszyn|dębica|elbląg|ełk|głogów|gniezno|grudziądz|inowrocław|jarosław|jasło|jaworzno|kalisz|
kędzierzyn koźle|kętrzyn|
kołobrzeg|konin|koszalin|krosno|kutno|kwidzyn|legionowo|legnica|leszno|łomża|łowicz|lubin|malbork|
mielec|mysłowice|nysa|
olkusz|ostrołęka|oświęcim|otwock|pabianice|piaseczno|piła|płock|polkowice|pruszków|przemyśl|puławy|
pułtusk|racibórz|
radom|radomyśl wielki|rybnik|rzeszów|sandomierz|sanok|siedlce|sieradz|skierniewice|słupsk|sopot|
starachowice|stargard|
suwałki|świdnica|świnoujście|szczecinek|tarnobrzeg|tarnów|tczew|tomaszów|tychy|wałbrzych|wejherowo|
wieliczka|włocławek|
zabrze|zakopane|zamość|żary|żywiec|
almelo|alkmaar|alphen|amersfoort|apeldoorn|arnhem|assen|bergen op zoom|breda|bussum|delft|
den helder|deventer|
doetinchem|dordrecht|drachten|ede|emmen|enschede|genk|goes|gorinchem|gouda|haarlem|heerlen|helmond|
hengelo|hilversum|hoorn|
hulst|kampen|katwijk|leeuwarden|leiden|lelystad|maastricht|meppel|middelburg|nijmegen|oss|purmerend|
roermond|roosendaal|
schiedam|sittard|sneek|spijkenisse|tiel|tilburg|veenendaal|veldhoven|venlo|venray|vlaardingen|
vlissingen|weert|woerden|
zaandam|zeist|zutphen|aalst|brugge|charleroi|hasselt|kortrijk|leuven|liège|luik|mechelen|mons|namur|
oostende|roeselare|
sint niklaas|tournai|turnhout|verviers|
ballerup|brøndby strand|esbjerg|fredericia|frederikshavn|haderslev|helsingør|herning|hillerød|
hjørring|holbæk|holstebro|
horsens|kolding|køge|næstved|nyborg|randers|ringsted|roskilde|silkeborg|slagelse|svendborg|
sønderborg|vejle|viborg|
arendal|bodø|brumunddal|drammen|fredrikstad|gjøvik|halden|hamar|harstad|haugesund|kongsberg|
kristiansand|larvik|molde|
moss|porsgrunn|sandefjord|sandnes|sandvika|sarpsborg|skien|steinkjer|tønsberg|ålesund|
borås|eskilstuna|falun|gävle|halmstad|helsingborg|kalmar|karlskrona|karlstad|kiruna|kristianstad|
landskrona|luleå|lund|
motala|norrköping|nyköping|sandviken|skellefteå|skövde|solna|sundsvall|södertälje|trollhättan|
uddevalla|umeå|varberg|
visby|västerås|växjö|örebro|östersund|
espoo|hyvinkää|hämeenlinna|imatra|joensuu|jyväskylä|järvenpää|kajaani|kemi|kerava|kokkola|kotka|
kouvola|kuopio|lahti|
lappeenranta|lohja|mikkeli|nokia|oulu|pori|porvoo|raahe|rauma|riihimäki|rovaniemi|salo|savonlinna|
seinäjoki|tampere|
tornio|turku|vaasa|valkeakoski|vantaa|varkaus|ylöjärvi|
aveiro|barcelos|beja|braga|bragança|caldas da rainha|caparica|cascais|castelo branco|chaves|coimbra|
covilhã|
elvas|espinho|évora|faro|figueira da foz|fátima|gondomar|guarda|guimarães|lagos|leiria|loures|
matosinhos|oeiras|
oliveira do douro|ovar|penafiel|peniche|portimão|santarém|seixal|setúbal|sines|sintra|tavira|tomar|
viana do castelo|viseu|
anápolis|aracaju|araraquara|barueri|bauru|betim|blumenau|boa vista|cabo frio|camaçari|
campina grande|caruaru|cascavel|
caxias do sul|chapecó|contagem|criciúma|cuiabá|diadema|divinópolis|feira de santana|foz do iguaçu|
franca|goiânia|governador valadares|
gravataí|guarujá|guarulhos|ilhéus|imperatriz|ipatinga|itabuna|itajaí|jaboatão|joinville|juazeiro|
juiz de fora|jundiaí|
lavras|limeira|londrina|macaé|macapá|maceió|marabá|maringá|mauá|mossoró|natal|niterói|olinda|osasco|
palmas|passo fundo|
pelotas|petrolina|petrópolis|piracicaba|ponta grossa|porto velho|presidente prudente|ribeirão preto|
rio branco|rio grande|
rondonópolis|santa maria|santarém|são josé|sete lagoas|sinop|sobral|sorocaba|taubaté|teresina|
uberaba|uberlândia|
varginha|vila velha|vitória da conquista|volta redonda|
одинцово|подольск|химки|балашиха|мытищи|люберцы|королев|волгоград|воронеж|красноярск|пермь|уфа|омск|
челябинск|
нижний новгород|ростов на дону|саратов|краснодар|тюмень|тольятти|ижевск|барнаул|иркутск|ульяновск|
хабаровск|ярославль|
владивосток|махачкала|томск|оренбург|кемерово|рязань|астрахань|пенза|липецк|тула|киров|чебоксары|
калининград|курск|
ставрополь|сочи|тверь|магнитогорск|иваново|брянск|белгород|сургут|владимир|архангельск|калуга|
смоленск|волжский|
мурманск|вологда|орел|кострома|псков|тамбов|петрозаводск|новороссийск|всеволожск|павлодар|алматы|
астана|шымкент|караганда|
київ|львів|харків|одеса|дніпро|запоріжжя|вінниця|полтава|чернігів|черкаси|суми|житомир|рівне|
тернопіль|луцьк|ужгород|
івано франківськ|миколаїв|херсон|чернівці|кропивницький|хмельницький|добропілля|
αθήνα|θεσσαλονίκη|πάτρα|ηράκλειο|λάρισα|βόλος|ιωάννινα|χανιά|καλαμάτα|ρόδος|καβάλα|σέρρες|
αλεξανδρούπολη|ξάνθη|κατερίνη|
τρίκαλα|λαμία|χαλκίδα|κομοτηνή|πειραιάς|περιστέρι|καλλιθέα|γλυφάδα|μαρούσι|
القاهرة|الإسكندرية|الجيزة|الرياض|جدة|مكة|المدينة المنورة|الدمام|دبي|أبوظبي|الشارقة|الدوحة|المنامة|
مسقط|صنعاء|عدن|بغداد|
البصرة|الموصل|أربيل|دمشق|حلب|حمص|بيروت|طرابلس|عمان|إربد|الزرقاء|القدس|غزة|الخرطوم|بنغازي|صفاقس|سوسة|
وهران|قسنطينة|
الدار البيضاء|الرباط|فاس|مراكش|طنجة|أكادير|تهران|مشهد|اصفهان|شیراز|تبریز|کرج|اهواز|قم|
adana|adapazarı|afyon|aksaray|amasya|ankara|antakya|antalya|aydın|balıkesir|bandırma|batman|bodrum|
bolu|bursa|çanakkale|
çorlu|çorum|denizli|diyarbakır|düzce|edirne|elazığ|erzincan|erzurum|eskişehir|gaziantep|gebze|
giresun|hatay|ısparta|
iskenderun|izmir|izmit|kahramanmaraş|karabük|karaman|kars|kastamonu|kayseri|kırıkkale|kırşehir|
kocaeli|konya|kütahya|
malatya|manisa|mardin|mersin|muğla|nevşehir|niğde|ordu|osmaniye|rize|sakarya|samsun|siirt|sivas|
şanlıurfa|tarsus|
tekirdağ|tokat|trabzon|uşak|van|yalova|yozgat|zonguldak
"""

REGIONS = """
vrancea|covasna|harghita|maramureș|dâmbovița|ialomița|ilfov|teleorman|mehedinți|gorj|caraș severin|
sălaj|bistrița năsăud|vâlcea|buzău|prahova|argeș|bihor|dolj|timiș|neamț|vaslui|
međimurska|krapinsko zagorska|karlovačka|koprivničko križevačka|bjelovarsko bilogorska|
virovitičko podravska|požeško slavonska|brodsko posavska|vukovarsko srijemska|šibensko kninska|
osrednjeslovenska|gorenjska|goriška|savinjska|pomurska|podravska|koroška|zasavska|posavska|
spodnjeposavska|jugovzhodna slovenija|primorsko notranjska|obalno kraška|
gia lai|bắc ninh|bắc giang|tây ninh|tuyên quang|
kon tum|đắk lắk|đắk nông|lâm đồng|bình dương|bình phước|
bình thuận|bình định|phú yên|khánh hòa|ninh thuận|
đồng nai|long an|tiền giang|bến tre|trà vinh|vĩnh long|
đồng tháp|an giang|kiên giang|hậu giang|sóc trăng|
bạc liêu|cà mau|lạng sơn|cao bằng|hà giang|lào cai|
yên bái|thái nguyên|phú thọ|vĩnh phúc|hòa bình|
sơn la|điện biên|lai châu|quảng ninh|hải dương|hưng yên|
thái bình|hà nam|nam định|ninh bình|thanh hóa|
nghệ an|hà tĩnh|quảng bình|quảng trị|quảng nam|quảng ngãi|
असम|बिहार|छत्तीसगढ|छत्तीसगढ़|गोवा|गुजरात|हरियाणा|हिमाचल प्रदेश|झारखंड|झारखण्ड|कर्नाटक|केरल|मध्य प्रदेश|
महाराष्ट्र|मणिपुर|मेघालय|मिजोरम|मिज़ोरम|नागालैंड|ओडिशा|उड़ीसा|पंजाब|राजस्थान|सिक्किम|तमिलनाडु|तमिल नाडु|
तेलंगाना|त्रिपुरा|उत्तर प्रदेश|उत्तराखंड|उत्तरांचल|पश्चिम बंगाल|पश्चिमी बंगाल|आंध्र प्रदेश|आन्ध्र प्रदेश|
अरुणाचल प्रदेश|जम्मू और कश्मीर|जम्मू और काश्मीर|लद्दाख|
کردستان|کهگیلویه و بویراحمد|خراسان شمالی|خراسان جنوبی|اردبیل|بوشهر|
سمنان|مرکزی|زنجان|قزوین|لرستان|ایلام|
البريمي|الباطنة|الظاهرة|الداخلية|الوسطى|ظفار|مسندم|حضرموت|
المهرة|شبوة|مأرب|الأنبار|ديالى|ذي قار|ميسان|واسط|
نينوى|صلاح الدين|المثنى|القادسية|بابل|ريف دمشق|
البقاع|عكار|جبل لبنان|البلقاء|شمال سيناء|جنوب سيناء|الوادي الجديد|
blekinge|dalarna|gotland|gävleborg|halland|jämtland|jönköping|kalmar län|kronoberg|norrbotten|skåne|
södermanland|uppsala län|värmland|västerbotten|västernorrland|västmanland|västra götaland|
västergötland|östergötland|småland|öland|närke|lappland|bohuslän|
agder|akershus|aust agder|buskerud|finnmark|hedmark|hordaland|innlandet|møre og romsdal|nordland|
oppland|rogaland|sogn og fjordane|telemark|troms|trøndelag|vest agder|vestfold|vestland|
viken|østfold|
hovedstaden|midtjylland|nordjylland|sjælland|syddanmark|
jihočeský|jihomoravský|karlovarský|královéhradecký|liberecký|moravskoslezský|olomoucký|pardubický|
plzeňský|středočeský|ústecký|vysočina|zlínský|
banskobystrický|bratislavský|košický|nitriansky|prešovský|trenčiansky|trnavský|žilinský|
splitsko dalmatinska|dubrovačko neretvanska|ličko senjska|istarska|zadarska|zagrebačka|varaždinska|
sisačko moslavačka|primorsko goranska|osječko baranjska|
μακεδονία|ήπειρος|θεσσαλία|θράκη|κρήτη|αττική|πελοπόννησος|στερεά ελλάδα|ιόνια νησιά|βόρειο αιγαίο|
νότιο αιγαίο|δυτική ελλάδα|κεντρική μακεδονία|δυτική μακεδονία|άγιον όρος|
lapland|lappi|uusimaa|pirkanmaa|varsinais suomi|satakunta|kainuu|kymenlaakso|etelä karjala|
pohjanmaa|keski suomi|pohjois savo|pohjois karjala|
vesturland|suðurland|suðurnes|austurland|vestfirðir|norðurland eystra|norðurland vestra|
المنطقة الشرقية|القصيم|جازان|نجران|عسير|حائل|تبوك|الجوف|الباحة|أم القيوين|رأس الخيمة|الفجيرة|عجمان|
الفروانية|حولي|الأحمدي|الجهراء|دمياط|أسيوط|الشرقية|الغربية|المنوفية|القليوبية|الدقهلية|البحيرة|
تهران|خراسان رضوی|خوزستان|فارس|گیلان|مازندران|گلستان|سیستان و بلوچستان|چهارمحال و بختیاری|یزد|
کرمان|کرمانشاه|همدان|هرمزگان|لرستان|آذربایجان شرقی|آذربایجان غربی
"""
