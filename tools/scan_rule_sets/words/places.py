"""Words about places, trade and speech. Literal data: read by `dictionaries` and nobody else.

Entries are parted by `|`.
"""

COUNTRIES = """
afghanistan|africa do sul|afrique du sud|agypten|albania|alemanha|alemania|algeria|algerie|
allemagne|almanya|american samoa|amerika birlesik devletleri|amerika serikat|an do|andorra|angola|
anguilla|anh|antarctica|antigua and barbuda|arabia saudi|arabia saudita|arabie saoudite|argelia|
argentina|argentine|argentinien|armenia|aruba|athiopien|australia|australie|australien|austria|
ausztria|azerbaijan|bahamas|bahrain|bangladesh|barbados|belanda|belarus|belgica|belgicko|belgie|
belgien|belgio|belgique|belgium|belize|benin|bermuda|bharat|bhutan|bialorus|bielorussie|bolivia|
bolivie|bosnia and herzegovina|bosnia e herzegovina|botswana|bouvet island|brasil|brasile|
brasilien|brazil|brazilia|brazilie|brazylia|bresil|brezilya|british indian ocean territory|
british virgin islands|brunei|brunei darussalam|bulgaria|bulgarie|bulgarien|bulharsko|
burkina faso|burma|burundi|cabo verde|camaroes|cambodia|cameroon|cameroun|camerun|canada|
cape verde|cayman islands|central african republic|cesko|chad|chequia|chile|chili|china|chine|
chiny|chorvatsko|chorwacja|christmas island|cin|cina|colombia|colombie|comoros|congo|cook islands|
corea del sud|corea del sur|coree du sud|coreia do norte|coreia do sul|costa rica|cote d'ivoire|
croacia|croatia|croatie|croazia|cuba|curacao|cyprus|czech republic|czechia|czechy|danemark|dania|
danimarca|danmark|dansko|democratic republic of the congo|denemarken|denmark|deutschland|
dinamarca|djibouti|dominica|dominican republic|duc|duitsland|east timor|ecuador|egipt|egipto|
egito|egitto|egypt|egypte|eire|ekvador|el salvador|elvetia|emiratos arabes unidos|
emirats arabes unis|england|equateur|equatorial guinea|eritrea|eslovaquia|eslovenia|espagne|
espana|espanha|espanja|estados unidos|estland|estonia|eswatini|etats unis|etats unis d'amerique|
ethiopia|ethiopie|etiopia|falkland islands|faroe islands|fiji|filipinas|filipiny|finland|finlande|
finlandia|finlandiya|finnland|finsko|forenta staterna|franca|france|francia|franciaorszag|francie|
francija|francja|francuska|frankreich|frankrijk|frankrike|fransa|fransa polineziyasi|franta|
french guiana|french polynesia|gabon|gambia|georgia|germania|germany|ghana|giappone|gibraltar|
giordania|gorogorszag|great britain|grece|grecia|grecja|grecko|greece|greenland|grekland|grenada|
griechenland|griekenland|groenlandia|guadeloupe|guam|guatemala|guernsey|guinea|guinea bissau|
guyana|haiti|han quoc|heard island and mcdonald islands|hindistan|hispaania|hiszpania|hoa ky|
holanda|holandia|holandsko|holland|hollanda|holy see|honduras|hong kong|hongrie|hrvatska|hungary|
hungria|iceland|ilhas caiman|inde|india|indie|indien|indonesia|indonesien|inggris|ingiltere|intia|
ira|iran|iraq|iraque|ireland|irland|irlanda|irlande|irsko|islamic republic of iran|island|islande|
islandia|isle of man|ispanija|ispanya|israel|isvec|isvicre|itaalia|italia|italie|italien|italija|
italy|italya|itavalta|ivory coast|jamaica|japan|japani|japao|japon|japonia|japonsko|japonya|
jepang|jerman|jersey|jordan|jordania|jordanie|jordanien|kamerun|kanada|katar|kazakhstan|kenia|
kenya|kiina|kiribati|kolumbien|kolumbiya|korea|korea selatan|kosovo|kreikka|kroatien|kuba|kuwait|
kypr|kyrgyzstan|lao people's democratic republic|laos|latvia|lebanon|lengyelorszag|lenkija|
lesotho|letonia|lettland|lettonie|liban|libano|libanon|liberia|libya|libyan arab jamahiriya|
liechtenstein|litauen|lithuania|lituania|lituanie|litwa|lotwa|luxembourg|macao|macau|macedonia|
madagascar|madarska|madarsko|magyarorszag|malaisie|malasia|malawi|malaysia|maldives|mali|malta|
marea britanie|maroc|marocco|marokko|marrocos|marruecos|marshall islands|martinique|mauritania|
mauritius|mayotte|meksyk|messico|mexico|mexiko|mexique|micronesia|misir|mocambique|moldova|monaco|
mongolia|montenegro|montserrat|morocco|moscambique|mozambique|myanmar|namibia|nauru|nederland|
nederlanderna|nemacka|nemcija|nemecko|nemetorszag|nepal|netherlands|neuseeland|new caledonia|
new zealand|nga|nhat ban|nicaragua|niederlande|niemcy|niger|nigeria|niue|nizozemsko|njemacka|
noorwegen|norfolk island|norge|norja|norsko|north korea|north macedonia|northern ireland|
northern mariana islands|noruega|norvege|norvegia|norway|norwegen|norwegia|nouvelle zelande|
nova caledonia|nova zelandia|nueva zelanda|nuova zelanda|olaszorszag|oman|oostenrijk|oroszorszag|
osterreich|osterrike|paesi bassi|paises baixos|paises bajos|pakistan|palau|palestine|
palestinian territories|palestinian territory|panama|papua new guinea|paraguay|pays bas|
people's republic of china|perancis|perou|peru|phap|philippinen|philippines|pitcairn islands|
poland|polen|polija|pologne|polonia|polonya|polska|polsko|portugal|portugalsko|prancuzija|
prantsusmaa|puerto rico|puola|qatar|quenia|quiribati|rakousko|rakusko|ranska|recko|regno unito|
reino unido|repubblica ceca|republic of korea|republic of the congo|republica checa|
republica dominicana|republica tcheca|republique tcheque|reunion|romania|romenia|rootsi|rosja|
roumanie|royaume uni|rumania|rumanien|rumunia|rumunsko|ruotsi|rusia|rusija|rusiya|rusko|rusland|
russia|russian federation|russie|russland|rusya|rwanda|ryssland|saint barthelemy|saint helena|
saint kitts and nevis|saint lucia|saint martin|saint pierre and miquelon|
saint vincent and the grenadines|saksa|saksamaa|samoa|san marino|sao marinho|
sao tome and principe|saudi arabia|saudi arabien|schweden|schweiz|scotland|selandia baru|senegal|
serbia|serbie|serbien|seychelles|sierra leone|singapore|sjedinjene americke drzave|slovacchia|
slovakia|slovaquie|slovenia|slovenie|slovenija|slovensko|slovinsko|slowacja|slowakei|slowenien|
solomon islands|somalia|soome|south africa|south georgia and the south sandwich islands|
south korea|south sudan|spagna|spain|spanelsko|spania|spanielsko|spanien|spanija|spanje|
spanjolska|spanyol|spanyolorszag|spojene staty|spojene staty americke|srbija|srbsko|sri lanka|
stany zjednoczone|statele unite|stati uniti|storbritannien|sudafrica|sudafrika|sudan|suecia|suede|
suica|suisse|suiza|suomi|suriname|svajc|svajciarsko|svalbard and jan mayen islands|svedsko|
sveitsi|sverige|svezia|svizzera|svycarsko|swaziland|sweden|switzerland|syria|syrian arab republic|
szwajcaria|szwecja|taiwan|tajikistan|taliansko|tanska|tanzania|tay ban nha|thai lan|thailand|
the bahamas|the gambia|the netherlands|timor leste|togo|tokelau|tonga|trinidad and tobago|
trinidad y tobago|trung quoc|tschechien|tunesien|tunez|tunisia|tunisie|turchia|turcja|turecko|
turkei|turkey|turkije|turkiye|turkmenistan|turks and caicos islands|turquia|turquie|tuvalu|
tyskland|u.k.|u.s.|u.s.a.|uae|ucraina|ucrania|uganda|uk|ukraina|ukraine|ukrajina|ungaria|ungarn|
ungheria|united arab emirates|united kingdom|united states|united states of america|unkari|
uruguay|us|us virgin islands|usa|uzbekistan|vacija|vanuatu|vatican city|velka britania|
velka britanie|venaja|venemaa|venezuela|vereinigte staaten|vereinigtes konigreich|
verenigd koninkrijk|verenigde staten|viet nam|vietna|vietnam|virgin islands|viro|vokietija|wales|
wallis and futuna|wegry|western sahara|wielka brytania|wlochy|y|yemen|yhdysvallat|yugoslavia|
yunanistan|zambia|zimbabwe|zweden|zwitserland|zypern|αίγυπτος|αγγλία|αυστρία|γαλλία|γερμανία|
ελβετία|ελλάδα|ελλαδα|ηνωμένες πολιτείες|ηνωμένο βασίλειο|ιαπωνία|ινδία|ισπανία|ιταλία|κίνα|
καναδάς|ρωσία|τουρκία|австрия|азербайджан|аргентина|армения|беларусь|бельгия|болгария|бразилия|
велика британія|великобритания|венгрия|германия|греция|грузия|дания|египет|израиль|индия|ирак|
иран|испания|италия|казахстан|канада|китай|мексика|нидерланды|норвегия|німеччина|польша|польща|
португалия|россия|росія|румыния|сербия|соединенные штаты америки|сша|турция|узбекистан|украина|
україна|финляндия|франция|франція|чехия|швейцария|швеция|япония|японія|індія|іспанія|італія|
איטליה|ארצות הברית|ברזיל|גרמניה|הודו|טורקיה|יפן|ישראל|מצרים|סין|ספרד|צרפת|קנדה|רוסיה|שוודיה|
ألمانيا|إسبانيا|إيران|إيطاليا|الأردن|البرازيل|الجزائر|السعودية|الصين|العراق|المغرب|الهند|
الولايات المتحدة|اليابان|تركيا|تونس|روسيا|سوريا|فرنسا|كندا|لبنان|مصر|चीन|जर्मनी|जापान|नेपाल|
फ्रांस|भारत|रूस|จีน|ญี่ปุ่น|ฝรั่งเศส|เยอรมนี|ไทย|アメリカ|アメリカ合衆国|イギリス|イタリア|インド|オーストラリア|カザフスタン|カナダ|
スペイン|タイ|ドイツ|ナミビア|フランス|ブラジル|プエルトリコ|ベトナム|メキシコ|ラトビア|ロシア|中国|中國|俄罗斯|冰島|加拿大|印度|墨西哥|大韓民国|委內瑞拉|巴西|德国|德國|
意大利|日本|法国|法國|泰國|澳大利亚|美国|美國|英国|英國|菲律賓|西班牙|越南|韓國|韩国|대한민국|독일|러시아|멕시코|미국|브라질|스페인|에스토니아|영국|이탈리아|인도|일본|
중국|캐나다|프랑스|한국|호주
"""

COUNTRY_CODES = """
ad|ae|af|afg|ag|ago|ai|al|alb|am|and|ao|aq|ar|are|arg|arm|as|at|au|aus|aut|aw|ax|az|aze|ba|bb|bd|
bdi|be|bel|ben|bf|bfa|bg|bgd|bgr|bh|bhr|bhs|bi|bih|bj|bl|blr|blz|bm|bn|bo|bol|bq|br|bra|brb|brn|
bs|bt|btn|bv|bw|bwa|by|bz|ca|caf|can|cc|cd|cf|cg|ch|che|chl|chn|ci|civ|ck|cl|cm|cmr|cn|co|cod|cog|
col|com|cpv|cr|cri|cu|cub|cv|cw|cx|cy|cyp|cz|cze|de|deu|dj|dji|dk|dm|dma|dnk|do|dom|dz|dza|ec|ecu|
ee|eg|egy|eh|er|eri|es|esp|est|et|eth|eu|fi|fin|fj|fji|fk|fm|fo|fr|fra|fsm|ga|gab|gb|gbr|gd|ge|
geo|gf|gg|gh|gha|gi|gin|gl|gm|gmb|gn|gnb|gnq|gp|gq|gr|grc|grd|gs|gt|gtm|gu|guy|gw|gy|hk|hkg|hm|hn|
hnd|hr|hrv|ht|hti|hu|hun|id|idn|ie|il|im|in|ind|io|iq|ir|irl|irn|irq|is|isl|isr|it|ita|jam|je|jm|
jo|jor|jp|jpn|kaz|ke|ken|kg|kgz|kh|khm|ki|kir|km|kn|kna|kor|kp|kr|kw|kwt|ky|kz|la|lao|lb|lbn|lbr|
lby|lc|lca|li|lie|lk|lka|lr|ls|lso|lt|ltu|lu|lux|lv|lva|ly|ma|mar|mc|mco|md|mda|mdg|mdv|me|mex|mf|
mg|mh|mhl|mk|mkd|ml|mli|mlt|mm|mmr|mn|mne|mng|mo|moz|mp|mq|mr|mrt|ms|mt|mu|mus|mv|mw|mwi|mx|my|
mys|mz|na|nam|nc|ne|ner|nf|ng|nga|ni|nic|nl|nld|no|nor|np|npl|nr|nru|nu|nz|nzl|om|omn|pa|pak|pan|
pe|per|pf|pg|ph|phl|pk|pl|plw|pm|pn|png|pol|pr|pri|prk|prt|pry|ps|pse|pt|pw|py|qa|qat|re|ro|rou|
rs|ru|rus|rw|rwa|sa|sau|sb|sc|sd|sdn|se|sen|sg|sgp|sh|si|sj|sk|sl|slb|sle|slv|sm|smr|sn|so|som|sr|
srb|ss|ssd|st|stp|sur|sv|svk|svn|swe|swz|sx|sy|syc|syr|sz|tc|tcd|td|tf|tg|tgo|th|tha|tj|tjk|tk|
tkm|tl|tls|tm|tn|to|ton|tr|tt|tto|tun|tur|tuv|tv|tw|twn|tz|tza|ua|ug|uga|uk|ukr|um|ury|us|usa|uy|
uz|uzb|va|vat|vc|vct|ve|ven|vg|vi|vn|vnm|vu|vut|wf|ws|wsm|xk|ye|yem|yt|za|zaf|zm|zmb|zw|zwe
"""

STATE_CODES = """
ab|ac|act|ak|al|am|ap|ar|az|ba|bc|ca|ce|co|ct|dc|de|df|es|fl|ga|go|hi|ia|id|il|in|ks|ky|la|ma|mb|
md|me|mg|mi|mn|mo|ms|mt|nb|nc|nd|ne|nh|nj|nl|nm|ns|nsw|nt|nu|nv|ny|oh|ok|on|or|pa|pb|pe|pi|pr|qc|
qld|ri|rj|rn|ro|rr|rs|sc|sd|se|sk|sp|tas|tn|to|tx|ut|va|vic|vt|wa|wi|wv|wy|yt
"""

REGIONS = """
a coruna|aargau|aberdeenshire|abruzzo|aceh|achaia|acores|acre|adana|aguascalientes|aichi|
aichi ken|akershus|akita|alabama|alagoas|alagoas state|alaska|alava|albacete|alberta|alicante|
almeria|alpes maritimes|alsace|amapa|amazonas|an giang|anambra|andalucia|andalucía|andalusia|
andhra pradesh|anhalt|anhui|ankara|antalya|antioquia|antofagasta|antrim|antwerpen|aomori|
appenzell ausserrhoden|appenzell innerrhoden|aquitaine|aragon|araucania|arequipa|
arica y parinacota|arizona|arkansas|armagh|ashanti|assam|asturias|atacama|attica|attiki|auckland|
australian capital territory|auvergne|auvergne rhone alpes|aveiro|avila|avon|ayacucho|ayrshire|
azad kashmir|azores|azuay|bacs kiskun|badajoz|baden wurttemberg|bagmati|bahia|baja california|
baja california sur|baleares|bali|balochistan|bangkok|banten|baranya|barcelona|barisal|bas rhin|
basel landschaft|basel stadt|basilicata|basse normandie|bavaria|bayern|bedford|bedfordshire|
beijing|beja|bekes|bengkulu|berkshire|berlin|bern|bihar|binh duong|biobio|bizkaia|bohemia|borders|
borsod abauj zemplen|bouches du rhone|bourgogne|bourgogne franche comte|boyaca|brabant wallon|
braga|braganca|brandenburg|bremen|bretagne|british columbia|brittany|buckinghamshire|buenos aires|
buenos aires province|burgenland|burgos|busan|ca mau|caceres|cadiz|cajamarca|calabria|caldas|
california|cambridgeshire|campania|campeche|canarias|cantabria|canterbury|cao bang|caqueta|
carinthia|carlow|casanare|castellon|castelo branco|castilla la mancha|castilla y leon|catalonia|
cataluna|catalunya|cataluña|catamarca|cauca|cavan|ceara|cebu|central|central java|centre|
centre val de loire|cesar|ceuta|chaco|champagne ardenne|chattogram|cheshire|chhattisgarh|chiapas|
chiba|chihuahua|choco|chonburi|chongqing|chubut|ciudad de mexico|ciudad real|clare|clay county|
cleveland|clwyd|coahuila|coahuila de zaragoza|coimbra|colima|colorado|comunidad de madrid|
comunidad valenciana|connacht|connecticut|cook county|coquimbo|cordoba|cork|cornwall|corrientes|
corse|corsica|county antrim|county down|county durham|crete|csongrad|cuenca|cumbria|cundinamarca|
cusco|dakota|dalmatia|delaware|delhi|delta|derbyshire|devon|dhaka division|district of columbia|
distrito federal|dki jakarta|dolnoslaskie|donegal|dong nai|dorset|down|drenthe|dublin|
dumfries and galloway|durango|durham|dyfed|east flanders|east java|east riding of yorkshire|
east sussex|eastern cape|edo|ehime|emilia romagna|england|entre rios|enugu|epirus|espirito santo|
essex|essonne|estado de mexico|etela savo|evora|extremadura|faro|fejer|fermanagh|fife|finistere|
flanders|flevoland|florida|formosa|franche comte|franklin county|free state|freiburg|fribourg|
friesland|friuli venezia giulia|fujian|fukui|fukuoka|fukushima|galicia|galway|gandaki|gangwon|
gansu|gauteng|gelderland|geneva|geneve|georgia|gifu|gilgit baltistan|gipuzkoa|girona|gironde|
glaris|glarus|gloucestershire|goa|goias|grampian|granada|grand est|graubunden|greater accra|
greater london|greater manchester|groningen|guadalajara|guanajuato|guangdong|guangdong sheng|
guangxi|guarda|guayas|guerrero|guipuzcoa|guizhou|gujarat|gunma|gwent|gwynedd|gyeonggi|
gyeongsangnam do|gyor moson sopron|ha giang|hainan|hainaut|hajdu bihar|hamburg|hampshire|
harris county|haryana|haut rhin|haute garonne|haute normandie|hauts de france|hauts de seine|
hawaii|hebei|heilongjiang|henan|henegouwen|herault|hereford and worcester|herefordshire|
hertfordshire|hesse|hessen|heves|hidalgo|highland|himachal pradesh|hiroshima|hokkaido|hordaland|
hovedstaden|huancavelica|huanuco|hubei|huelva|huesca|huila|humberside|hunan|hung yen|
huntingdonshire|hyogo|ibaraki|ica|idaho|ile de france|ille et vilaine|illinois|indiana|
inner mongolia|iowa|isere|ishikawa|islas baleares|isle of man|isle of wight|istanbul|istria|iwate|
izmir|jackson county|jaen|jakarta|jalisco|jambi|jasz nagykun szolnok|jawa barat|jawa tengah|
jawa timur|jefferson county|jeju|jharkhand|jiangsu|jiangxi|jilin|johor|jujuy|junin|jura|kaduna|
kagawa|kagoshima|kainuu|kalimantan barat|kalimantan timur|kanagawa|kano|kansas|kanta hame|
kanton zurich|karnali|karnataka|karnten|kedah|kelantan|kent|kentucky|kerala|kerry|khulna|
khyber pakhtunkhwa|kiambu|kien giang|kildare|kilkenny|king county|kings county|kisumu|kochi|
komarom esztergom|koshi|kujawsko pomorskie|kumamoto|kwazulu natal|kymenlaakso|kyoto|la coruna|
la guajira|la libertad|la pampa|la rioja|lagos|lambayeque|lampung|lanarkshire|lancashire|
languedoc roussillon|laois|lappi|las palmas|lazio|leicestershire|leinster|leiria|leitrim|liaoning|
liege|liguria|lima|limburg|limerick|limousin|limpopo|lincoln county|lincolnshire|lleida|lodzkie|
loire atlantique|lombardia|lombardy|londonderry|long an|longford|loreto|lorraine|
los angeles county|los lagos|los rios|lothian|louisiana|louth|lower austria|lower saxony|
lubelskie|lubuskie|lugo|luik|lumbini|luxemburg|luzern|luzon|macedonia|madeira|madhya pradesh|
madison county|madre de dios|madrid|magallanes|magdalena|maharashtra|maine|malaga|malopolskie|
maluku|manabi|manipur|manitoba|maranhao|marche|maricopa county|marion county|martinique|maryland|
massachusetts|mato grosso|mato grosso do sul|maule|mayo|mayotte|mazovia|mazowieckie|mazowsze|
meath|mecklenburg vorpommern|melaka|melilla|mendoza|merseyside|meta|mexico|michigan|michoacan|
michoacan de ocampo|mid glamorgan|middlesex|midi pyrenees|midlands|midtjylland|mie|minas gerais|
minnesota|misiones|mississippi|missouri|miyagi|miyazaki|molise|monaghan|monroe county|montana|
montgomery county|moquegua|moravia|morbihan|morelos|morona santiago|moscow|mpumalanga|munster|
murcia|mymensingh|nagano|nagasaki|nairobi|nairobi county|nakuru|namen|namur|nara|narino|navarra|
navarre|nayarit|nebraska|negeri sembilan|neuchatel|neuenburg|neuquen|nevada|new brunswick|
new hampshire|new jersey|new mexico|new south wales|new york|newfoundland|
newfoundland and labrador|nghe an|nidwalden|niederosterreich|niedersachsen|niigata|ningxia|nograd|
nonthaburi|noord brabant|noord holland|noord kaap|nord pas de calais|nordrhein westfalen|norfolk|
normandie|normandy|norte de santander|north carolina|north chungcheong|north dakota|
north gyeongsang|north holland|north jeolla|north rhine westphalia|north west|north yorkshire|
northamptonshire|northern cape|northern ireland|northern territory|northumberland|
northwest territories|nottinghamshire|nouvelle aquitaine|nova scotia|nuevo leon|nunavut|
nusa tenggara timur|o'higgins|oaxaca|oberosterreich|obwalden|occitanie|odisha|offaly|ogun|ohio|
oita|okayama|okinawa|oklahoma|ontario|oost vlaanderen|opolskie|orange county|oregon|osaka|otago|
ourense|overijssel|oxfordshire|oyo|pahang|paijat hame|pais vasco|palencia|papua|papua barat|para|
paraiba|parana|pasco|pays de la loire|peloponnese|penang|pennsylvania|perak|perlis|pernambuco|
pest|phuket|piaui|picardie|pichincha|piedmont|piemonte|pirkanmaa|piura|podkarpackie|podlaskie|
pohjanmaa|pohjois savo|poitou charentes|pomerania|pomorskie|pontevedra|portalegre|powys|
prince edward island|provence|provence alpes cote d'azur|puebla|puglia|punjab|puno|qinghai|
quang nam|quang ninh|quebec|queens county|queensland|queretaro|quindio|quintana roo|rajasthan|
rajshahi|rangpur|region metropolitana|reunion|rheinland pfalz|rhineland palatinate|rhode island|
rhone alpes|riau|rio de janeiro|rio grande|rio grande do norte|rio grande do sul|rio negro|
risaralda|rivers|rogaland|rondonia|roraima|roscommon|rutland|saarland|sabah|sachsen|
sachsen anhalt|saga|saitama|salamanca|salta|salzburg|samut prakan|san juan|san luis|
san luis potosi|san martin|santa catarina|santa cruz|santa cruz de tenerife|santa fe|santander|
santarem|santiago del estero|sao paulo|sarawak|sardegna|sardinia|saskatchewan|satakunta|saxony|
schaffhausen|schleswig holstein|schwyz|scotland|segovia|seine saint denis|selangor|seoul|sergipe|
setubal|sevilla|shaanxi|shandong|shanghai|shanxi|shiga|shimane|shizuoka|shropshire|sichuan|
sicilia|sicily|silesia|sinaloa|sind|sindh|sjaelland|skane|slaskie|sligo|solothurn|somerset|somogy|
sonora|soria|south australia|south carolina|south chungcheong|south dakota|south glamorgan|
south gyeongsang|south holland|south jeolla|south yorkshire|st gallen|staffordshire|steiermark|
stockholm|strathclyde|styria|sucre|sudurpashchim|suffolk|sulawesi selatan|sulawesi tengah|
sulawesi utara|sumatera barat|sumatera selatan|sumatera utara|surrey|swietokrzyskie|syddanmark|
sylhet|szabolcs szatmar bereg|tabasco|tacna|tamaulipas|tamil nadu|tarapaca|tarragona|tasmania|
tay ninh|tayside|telangana|tennessee|terengganu|teruel|tessin|texas|thai nguyen|thanh hoa|
thessaly|thrace|thurgau|thuringen|thuringia|tianjin|tibet|ticino|tierra del fuego|tipperary|tirol|
tlaxcala|tocantins|tochigi|tokushima|tokyo|tokyo to|toledo|tolima|tolna|toscana|tottori|toyama|
transylvania|trentino alto adige|tucuman|tumbes|tuscany|tyne and wear|tyrol|tyrone|ucayali|ulster|
umbria|union county|upper austria|uppsala|uri|utah|utrecht|uttar pradesh|uttarakhand|uusimaa|
val d'oise|val de marne|valais|valencia|valladolid|valle d'aosta|valle del cauca|valparaiso|
varsinais suomi|vas|vastra gotaland|vaud|vendee|veneto|veracruz|veracruz de ignacio de la llave|
vermont|veszprem|viana do castelo|victoria|vila real|vinh long|virginia|viseu|vizcaya|
vlaams brabant|vorarlberg|vrystaat|waals brabant|waikato|wakayama|wales|wallis|wallonia|
warminsko mazurskie|warwickshire|washington|washington county|waterford|wayne county|wellington|
wes kaap|west bengal|west flanders|west glamorgan|west java|west midlands|west sussex|
west virginia|west vlaanderen|west yorkshire|western australia|western cape|westmeath|wexford|
wicklow|wielkopolskie|wien|wiltshire|wisconsin|worcestershire|wyoming|xinjiang|yamagata|yamaguchi|
yamanashi|yorkshire|yucatan|yukon|yunnan|yvelines|zacatecas|zachodniopomorskie|zala|zamora|
zaragoza|zeeland|zhejiang|zug|zuid holland|zurich|башкортостан|краснодарский край|
ленинградская область|москва|московская область|республика крым|санкт петербург|татарстан
"""

LANGUAGES = """
abkhaz|abkhazian|acehnese|afar|afrikaans|akan|albanian|aleman|alemao|allemand|almanca|
american english|american sign language|amharic|angielski|anglais|anglictina|angol|ara|arabe|
arabic|arabisch|arabo|aragonese|arapca|armenian|assamese|asturian|avaric|aymara|azerbaijani|azeri|
balinese|bambara|bashkir|basque|belarusian|bengali|bhojpuri|bihari|bislama|bosnian|
brazilian portuguese|breton|british english|bulgarian|burmese|cantonese|catalan|cebuano|ces|
cestina|chamorro|chechen|checo|chhattisgarhi|chi|chichewa|chinese|chinesisch|chino|chinois|
chuvash|cinese|coreano|coreen|cornish|corsican|cree|croatian|cze|czech|dan|danes|danisch|danish|
danois|dansk|dari|deu|deutsch|dhivehi|divehi|dogri|duits|dut|dutch|dzongkha|ell|eng|engels|
engelska|englanti|englisch|english|english (uk)|english (us)|espagnol|espanja|espanol|esperanto|
estonian|ewe|faroese|farsi|farsi (persian)|fijian|filipino|fin|finnisch|finnish|fra|francais|
frances|francese|francia|francouzstina|francuski|frans|fransizca|franska|franzosisch|fre|french|
frisian|fula|fulah|gaelic|galician|ganda|georgian|ger|german|giapponese|gre|grec|greco|greek|
greenlandic|griechisch|griego|guarani|gujarati|haitian creole|hausa|hawaiian|heb|hebreo|hebreu|
hebrew|herero|hin|hindi|hiri motu|hiszpanski|hmong|holandes|hollandais|hongrois|hrvatski|hun|
hungarian|hungaro|icelandic|ido|igbo|ilocano|ind|indonesian|indonesien|ingilizce|ingles|inglese|
interlingua|inuktitut|inupiaq|irish|irish gaelic|irlandais|ispanyolca|ita|italiaans|italian|
italiano|italien|italienisch|japanese|japanisch|japonais|japones|javanese|jpn|kalaallisut|kannada|
kanuri|kashmiri|kazakh|khmer|kikuyu|kinyarwanda|kirundi|komi|kongo|konkani|kor|korean|koreanisch|
kurdish|kwanyama|kyrgyz|lao|latin|latvian|limburgish|lingala|lithuanian|luba katanga|
luxembourgish|macedonian|magyar|maithili|malagasy|malay|malayalam|maltese|mandarin|
mandarin chinese|manipuri|manx|maori|marathi|marshallese|marwari|min nan|moldovan|mongolian|
montenegrin|msa|nauru|navajo|ndebele|ndonga|nederlands|neerlandais|nemcina|nemet|nepali|
niederlandisch|niemiecki|nld|nor|norsk|northern sami|noruego|norvegien|norwegian|norwegisch|
occitan|odia|ojibwa|olandese|oriya|oromo|ossetian|pali|papiamento|pashto|persan|persian|pol|
polacco|polaco|polish|polnisch|polonais|polski|por|portoghese|portugais|portugiesisch|portugues|
portuguese|portuguese (brazil)|punjabi|quechua|rajasthani|ranska|romanian|romansh|ron|rosyjski|
roumain|rum|rumanisch|rumano|rumeno|rundi|ruotsi|rus|rusca|ruso|russe|russian|russisch|russo|
saksa|sami|samoan|sango|sanskrit|santali|saraiki|sardinian|schwedisch|scots|scottish gaelic|serbe|
serbian|sesotho|shona|sichuan yi|sign language|simplified chinese|sindhi|sinhala|sinhalese|slovak|
slovene|slovenian|somali|sotho|spa|spaans|spagnolo|spanisch|spanish|spanish (mexico)|spanska|
sueco|suedois|sundanese|suomi|svedese|svenska|swahili|swati|swe|swedish|sylheti|tagalog|tahitian|
tajik|tamil|tatar|tcheque|tedesco|telugu|tetum|tha|thai|tibetan|tigrinya|tok pisin|tongan|
traditional chinese|tschechisch|tsonga|tswana|tur|turc|turco|turkce|turkisch|turkish|turkmen|twi|
tyska|ucraniano|uighur|ukr|ukrainian|ukrainien|ukrainisch|ukrainski|ungarisch|urdu|uyghur|uzbek|
venda|vie|vietnamese|vietnamien|volapuk|walloon|welsh|western frisian|wloski|wolof|wu chinese|
xhosa|yiddish|yoruba|yue chinese|zho|zhuang|zulu|английский|арабский|испанский|итальянский|
китайский|немецкий|польский|русский|турецкий|украинский|французский|עברית|الإنجليزية|العربية|
الفرنسية|スペイン語|ドイツ語|フランス語|中国語|中文|俄语|德语|日本語|日语|法语|英語|英语|西班牙语|阿拉伯语|韓国語|韩语|영어|일본어|중국어|프랑스어|한국어
"""

CURRENCIES = """
$|a$|aed|afn|all|amd|ang|aoa|ariary|ars|au$|aud|australian dollar|awg|azn|baht|balboa|bam|bbd|bdt|
bgn|bhd|birr|bmd|bnd|bob|boliviano|brazilian real|british pound|brl|bsd|btc|btn|bwp|byn|byr|bzd|
c$|ca$|cad|canadian dollar|cdf|cedi|cfa franc|chf|clp|cny|colon|cop|cordoba|crc|cup|cve|czk|
dalasi|danish krone|denar|dh|dinar|dirham|dkk|dollar|dollars|dong|dop|dram|dzd|egp|etb|eth|eur|
euro|euro (eur)|euros|fjd|forint|fr|franc|ft|gbp|gel|ghs|gmd|gnf|gourde|gtq|guarani|hk$|hkd|hnl|
hong kong dollar|hrk|hryvnia|htg|huf|idr|ils|indian rupee|inr|iqd|irr|isk|japanese yen|jmd|jod|
jpy|kc|kes|kgs|khr|kip|koruna|kr|krona|krw|kuna|kwacha|kwanza|kwd|kyat|kyd|kzt|lak|lari|lbp|lei|
lek|lempira|leu|lev|lilangeni|lira|lkr|loti|lrd|lsl|lyd|mad|manat|mdl|metical|mexican peso|mga|
mkd|mmk|mnt|mop|mur|mvr|mwk|mx$|mxn|myr|mzn|nad|naira|new zealand dollar|ngn|nio|nok|
norwegian krone|npr|nt$|nz$|nzd|omr|ouguiya|pab|pen|peso|pgk|php|pkr|pln|pound|pound sterling|
pula|pyg|qar|quetzal|r$|rand|real|renminbi|riel|ringgit|riyal|rm|ron|rp|rs|rsd|rub|ruble|rubles|
rufiyaa|rupee|rupiah|russian ruble|rwf|s$|sar|sbd|scr|sdg|sek|sfr|sgd|sgp|shekel|shilling|
singapore dollar|sll|sol|som|sos|sterling|swedish krona|swiss franc|syp|szl|taka|tenge|thb|tjs|tl|
tmt|tnd|top|try|ttd|tugrik|turkish lira|twd|tzs|u.s. dollar|uah|ugx|us dollar|us dollars|us$|usd|
uyu|uzs|vef|ves|vnd|vuv|won|wst|xaf|xag|xau|xcd|xof|xpf|yen|yer|yuan|yuan renminbi|zar|zl|zloty|
zmw|zwl|zł|£|¥|руб|฿|₩|₪|€|₴|₹|₺|₽
"""

ORGANIZATION_WORDS = """
academy|advisors|advisory|aerospace|agency|airlines|airways|akademie|alliance|analytics|apotheke|
appliances|asociacion|asociados|associacao|associates|associati|association|associazione|
assurance|assurances|authority|autohaus|backerei|bakery|banca|banco|bank|banque|biotech|bistro|
bookstore|boutique|brauerei|brewery|broadcasting|bureau|cafe|cafeteria|capital|catering|cathedral|
center|centre|chamber|charity|chemicals|church|clinic|clinica|club|co|college|commission|
committee|communications|compagnia|compagnie|companhia|compania|company|computing|construction|
constructora|consulate|consultancy|consultants|consulting|contractors|cooperativa|cooperative|
corp|corporacion|corporation|council|cruises|dental|department|depot|despacho|diagnostics|diocese|
distribuidora|distributors|ecole|eiendom|electronics|embassy|emporium|empresa|empresas|enterprise|
enterprises|entertainment|farmacia|farms|fastigheter|federation|financial|fondation|fondazione|
foods|foundation|foundry|freight|fundacion|fundacja|genetics|gmbh|groep|group|groupe|grupo|gruppe|
guild|gym|handels|health|healthcare|hermanos|hochschule|holding|holdingas|holdings|hopital|
hospice|hospital|hotel|hoteles|inc|incorporated|industrias|industrie|industries|insaat|institut|
institute|institution|instituto|instytut|insurance|international|inversiones|istituto|jewelers|
koninklijke|krankenhaus|laboratories|laboratorios|laboratory|labs|landscaping|league|library|
limited|llc|llp|loans|logistics|ltd|ltda|management|manufacturing|markets|media|medical|metzgerei|
ministry|mortgage|motel|motors|musee|museo|museum|networks|newspapers|nursing|orchestra|
orthopedics|ospedale|osuuskunta|outfitters|panaderia|parish|partners|partnership|partnerships|
petroleum|pharma|pharmaceuticals|pharmacy|planners|plc|productions|properties|publishers|
publishing|railways|realtors|realty|reisen|relief|resort|resorts|restaurant|restaurante|roasters|
robotics|salon|sanayi|sarl|savings|school|schule|services|servicios|shipping|sociedad|sociedade|
societa|societe|society|solutions|sons|sparkasse|srl|stichting|stiftung|store|stores|studio|
studios|supermarket|supermercados|supply|systems|teatro|technologies|technology|telecom|theater|
theatre|therapeutics|ticaret|tourism|tours|traders|trading|transportes|trust|union|universidad|
universidade|universita|universitat|universite|university|ventures|verein|verlag|versicherung|
vertrieb|vineyards|warehouse|werke|wholesale|winery|yayinlari|yhtio
"""

STREET_WORDS = """
alameda|aleja|allee|alley|apartado|apartment|apdo|apt|av|avda|ave|aven|avenida|avenue|avenues|
barrio|bd|bld|bldg|block|blvd|borgo|boulevard|box|broadway|building|bulvarul|cad|cadde|caddesi|
calle|camino|carrer|carrera|center|chaussee|chemin|chowk|cir|circle|close|col|colonia|colony|
corso|cours|court|cres|crescent|crossing|ct|dr|drift|drive|estate|estates|estrada|expressway|
faubourg|flat|floor|gang|garden|gardens|gasse|grove|highway|hill|hills|house|hwy|impasse|
industrial|jalan|jl|junction|laan|lane|largo|leoforos|ln|loop|lot|mah|mahallesi|mall|manor|marg|
mews|nagar|namesti|no|odos|os|osiedle|park|parkway|pasaje|paseo|pass|piazza|pike|pkwy|pky|pl|plac|
placa|place|platz|plaza|plein|plz|po box|point|postfach|praca|quai|rd|road|rodovia|ronda|route|
route de|row|rte|rua|rue|sector|sok|sokagi|sokak|sq|square|st|ste|steenweg|str|strada|strasse|
street|streets|studio|suite|ter|terrace|tower|trail|travessa|trl|turnpike|ul|ulica|ulice|unit|
utca|via|viale|vicolo|view|village|way|weg|бул|бульвар|пер|переулок|пр|проспект|ул|улица|шоссе
"""

CURRENCY_UNITS = """
afghani ariary baht balboa birr bolivar boliviano cedi colon cordoba dalasi denar dinar dirham
dobra dollar dollars dong dram dolar dolares dollaro euro euros escudo florin forint franc francs
franco franken gourde guarani guilder hryvnia kina kip koruna korun krona krone kronen kroner
kronor kuna kwacha kwanza kyat lari lek lempira leone leu lev libra lilangeni lira livre loti
manat maloti marka metical mvdol naira nakfa ngultrum ouguiya paanga pataca peso pesos pound
pounds pula pfund quetzal rand real reais renminbi rial riel ringgit riyal rouble ruble rufiyaa
rupee rupees rupia rupiah rubel sheqel shekel shilling shillings sol som somoni sterling sum taka
tala tenge tugrik vatu won yen yuan zloty sucre couronne roupie dinaro rublo corona
доллар рубль евро фунт франк йена юань гривна тенге лира крона песо
"""
