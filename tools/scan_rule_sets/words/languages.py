"""What languages are called in other languages than English: entries of a dictionary, by "|"."""

from __future__ import annotations

# Without any of these, codes of two letters are rather of states
COMMON_CODES = (
    "ar cs da de el en es fa fi fr he hi hu id it ja ko nl no pl pt ro ru sv th tr uk vi zh"
)

LANGUAGES = """
hindi|gujarati|punjabi|tamil|telugu|marathi|urdu|malayalam|kannada|sinhala|khmer|lao|thai|tagalog|
swahili|yoruba|igbo|
zulu|xhosa|tsonga|oromo|somali|hausa|maori|fijian|tongan|aymara|quechua|guarani|nepali|pashto|
kurdish|tatar|
finnisch|schwedisch|norwegisch|dänisch|tschechisch|slowakisch|slowenisch|kroatisch|serbisch|
bulgarisch|rumänisch|
ungarisch|griechisch|türkisch|hebräisch|koreanisch|vietnamesisch|ukrainisch|litauisch|lettisch|
estnisch|isländisch|irisch|
finlandais|suédois|norvégien|danois|tchèque|slovaque|slovène|croate|serbe|bulgare|roumain|hongrois|
grec|turc|hébreu|
coréen|vietnamien|ukrainien|lituanien|letton|estonien|islandais|irlandais|japonais|néerlandais|
finés|finlandés|sueco|noruego|danés|checo|eslovaco|esloveno|croata|serbio|búlgaro|rumano|húngaro|
griego|turco|hebreo|
coreano|vietnamita|ucraniano|lituano|letón|estonio|islandés|irlandés|japonés|holandés|neerlandés|
vasco|gallego|
finlandese|svedese|norvegese|danese|ceco|slovacco|sloveno|croato|serbo|bulgaro|rumeno|ungherese|
greco|ebraico|ucraino|
olandese|giapponese|indonesiano|finlandês|sueco|norueguês|dinamarquês|tcheco|eslovaco|búlgaro|
romeno|húngaro|grego|
hebraico|japonês|ucraniano|zweeds|noors|deens|fins|tsjechisch|slowaaks|hongaars|grieks|turks|
hebreeuws|koreaans|
oekraïens|roemeens|bulgaars|svenska|norska|danska|finska|tjeckiska|ungerska|grekiska|turkiska|
hebreiska|koreanska|
bulgariska|ryska|polska|spanska|franska|tyska|italienska|japanska|kinesiska|dansk|norsk|svensk|
finsk|tysk|fransk|spansk|
russisk|polsk|japansk|kinesisk|arabisk|portugisisk|
hiszpański|rosyjski|włoski|francuski|niemiecki|portugalski|japoński|chiński|czeski|słowacki|
ukraiński|szwedzki|norweski|
duński|fiński|węgierski|grecki|turecki|arabski|koreański|holenderski|niderlandzki|rumuński|
bułgarski|
španělština|ruština|italština|francouzština|němčina|portugalština|japonština|čínština|polština|
slovenština|maďarština|
русский|английский|немецкий|французский|испанский|итальянский|португальский|китайский|японский|
польский|украинский|
арабский|турецкий|греческий|чешский|шведский|норвежский|финский|датский|венгерский|румынский|
болгарский|корейский|иврит|
українська|російська|англійська|німецька|французька|іспанська|італійська|польська|китайська|
японська|турецька|
rusça|almanca|fransızca|ispanyolca|italyanca|portekizce|çince|japonca|arapça|yunanca|lehçe|çekçe|
macarca|hırvatça|
felemenkçe|korece|ελληνικά|αγγλικά|γερμανικά|γαλλικά|ισπανικά|ιταλικά|ρωσικά|κινεζικά|ιαπωνικά|
αραβικά|τουρκικά|
العربية|الإنجليزية|الفرنسية|الألمانية|الإسبانية|الإيطالية|البرتغالية|الروسية|الصينية|اليابانية|
التركية|الفارسية|
الهندية|الأردية|עברית|אנגלית|ערבית|रुसी|हिन्दी|अंग्रेज़ी|
angličtina|němčina|francouzština|španělština|italština|portugalština|nizozemština|polština|ruština|
čínština|japonština|korejština|arabština|turečtina|švédština|čeština|slovenština|maďarština|
ukrajinština|finština|řečtina|hindština|hebrejština|
angličtina|nemčina|francúzština|španielčina|taliančina|portugalčina|poľština|ruština|čínština|
japončina|slovenčina|maďarčina|ukrajinčina|
engelska|portugisiska|nederländska|arabiska|hindi|ukrainska|rumänska|hebreiska|
engelsk|italiensk|nederlandsk|hollandsk|koreansk|hindi|tyrkisk|svensk|finsk|græsk|gresk|ungarsk|
rumænsk|rumensk|tjekkisk|tsjekkisk|ukrainsk|hebraisk|thai|thailandsk|vietnamesisk|
englanti|saksa|ranska|espanja|italia|portugali|hollanti|puola|venäjä|kiina|japani|korea|arabia|turkki|
ruotsi|tanska|norja|suomi|kreikka|unkari|romania|tšekki|ukraina|heprea|viro|
inglise|saksa|prantsuse|hispaania|itaalia|vene|eesti|soome|läti|leedu|poola|
angol|német|francia|spanyol|olasz|portugál|holland|lengyel|orosz|kínai|japán|koreai|arab|török|svéd|
dán|norvég|finn|görög|magyar|román|cseh|szlovák|ukrán|héber|horvát|szerb|
engleză|germană|franceză|spaniolă|italiană|portugheză|neerlandeză|olandeză|poloneză|rusă|chineză|
japoneză|coreeană|arabă|turcă|suedeză|daneză|norvegiană|finlandeză|greacă|maghiară|română|cehă|
ucraineană|ebraică|bulgară|sârbă|
engleski|njemački|nemački|francuski|španjolski|španski|talijanski|italijanski|portugalski|nizozemski|
poljski|ruski|kineski|japanski|korejski|arapski|turski|švedski|danski|norveški|finski|grčki|mađarski|
rumunjski|rumunski|češki|slovački|ukrajinski|hrvatski|srpski|bosanski|slovenski|hebrejski|
angleščina|nemščina|francoščina|španščina|italijanščina|ruščina|slovenščina|hrvaščina|
anglų|vokiečių|prancūzų|ispanų|italų|lenkų|rusų|lietuvių|latvių|estų|
angļu|vācu|franču|spāņu|itāļu|poļu|krievu|latviešu|lietuviešu|igauņu|
αγγλικά|γερμανικά|γαλλικά|ισπανικά|ιταλικά|πορτογαλικά|ολλανδικά|πολωνικά|ρωσικά|κινεζικά|ιαπωνικά|
κορεατικά|αραβικά|τουρκικά|σουηδικά|δανικά|νορβηγικά|φινλανδικά|ελληνικά|ουγγρικά|ρουμανικά|τσεχικά|
ουκρανικά|εβραϊκά|χίντι|αλβανικά|βουλγαρικά|
англійська|німецька|французька|іспанська|італійська|португальська|нідерландська|польська|російська|
китайська|японська|корейська|арабська|турецька|шведська|данська|норвезька|фінська|грецька|угорська|
румунська|чеська|словацька|українська|гінді|іврит|болгарська|
английски|немски|френски|испански|италиански|португалски|руски|полски|китайски|японски|турски|
гръцки|български|румънски|сръбски|
inggris|jerman|prancis|spanyol|italia|portugis|belanda|polski|rusia|tionghoa|mandarin|jepang|korea|
arab|turki|swedia|dansk|norwegia|suomi|yunani|hungaria|rumania|ceko|ukraina|ibrani|indonesia|melayu|
jawa|sunda|
tiếng anh|tiếng đức|tiếng pháp|tiếng tây ban nha|tiếng ý|tiếng bồ đào nha|tiếng nga|tiếng trung|
tiếng nhật|tiếng hàn|tiếng việt|tiếng thái|tiếng ả rập|
ingilizce|almanca|fransızca|ispanyolca|italyanca|portekizce|hollandaca|lehçe|rusça|çince|japonca|
korece|arapça|türkçe|isveççe|danca|norveççe|fince|yunanca|macarca|rumence|çekçe|ukraynaca|
英语|德语|法语|西班牙语|意大利语|葡萄牙语|荷兰语|波兰语|俄语|中文|汉语|普通话|粤语|日语|韩语|阿拉伯语|
印地语|土耳其语|瑞典语|丹麦语|挪威语|芬兰语|希腊语|匈牙利语|罗马尼亚语|捷克语|乌克兰语|希伯来语|泰语|
越南语|英文|德文|法文|日文|韓文|俄文|西班牙文|葡萄牙文|義大利文|阿拉伯文|英語|德語|法語|韓語|
ドイツ語|フランス語|スペイン語|イタリア語|ポルトガル語|オランダ語|ポーランド語|ロシア語|中国語|日本語|韓国語|
アラビア語|ヒンディー語|トルコ語|スウェーデン語|デンマーク語|ノルウェー語|フィンランド語|ギリシャ語|
ハンガリー語|ルーマニア語|チェコ語|ウクライナ語|ヘブライ語|タイ語|ベトナム語|
영어|독일어|프랑스어|스페인어|이탈리아어|포르투갈어|네덜란드어|폴란드어|러시아어|중국어|일본어|한국어|아랍어|
힌디어|튀르키예어|터키어|스웨덴어|덴마크어|노르웨이어|핀란드어|그리스어|헝가리어|루마니아어|체코어|
우크라이나어|히브리어|태국어|베트남어|
अंग्रेज़ी|अंग्रेजी|जर्मन|फ़्रेंच|फ्रेंच|स्पेनिश|इतालवी|पुर्तगाली|डच|पोलिश|रूसी|चीनी|जापानी|कोरियाई|अरबी|हिन्दी|
हिंदी|तुर्की|स्वीडिश|डेनिश|नॉर्वेजियन|फ़िनिश|यूनानी|हंगेरियन|रोमानियाई|चेक|यूक्रेनियाई|हिब्रू|थाई|बंगाली|
मराठी|तमिल|तेलुगु|गुजराती|उर्दू|पंजाबी|
الإنجليزية|الألمانية|الفرنسية|الإسبانية|الإيطالية|البرتغالية|الهولندية|البولندية|الروسية|الصينية|
اليابانية|الكورية|العربية|الهندية|التركية|السويدية|الفارسية|الأردية|العبرية|اليونانية|
انگلیسی|آلمانی|فرانسوی|اسپانیایی|ایتالیایی|روسی|چینی|ژاپنی|عربی|ترکی|فارسی|
אנגלית|גרמנית|צרפתית|ספרדית|איטלקית|רוסית|סינית|יפנית|ערבית|עברית|
อังกฤษ|เยอรมัน|ฝรั่งเศส|สเปน|จีน|ญี่ปุ่น|เกาหลี|ไทย
"""
