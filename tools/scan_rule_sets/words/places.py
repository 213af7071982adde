"""Words about places, trade and speech. Literal data: read by `dictionaries` and nobody else.

Entries are parted by `|`.
"""

COUNTRIES = """
afghanistan|africa do sul|afrique du sud|agypten|albania|alemanha|alemania|algeria|algerie|
allemagne|american samoa|andorra|angola|anguilla|antarctica|antigua and barbuda|argelia|argentina|
argentine|argentinien|armenia|aruba|australia|australie|australien|austria|azerbaijan|bahamas|
bahrain|bangladesh|barbados|belarus|belgica|belgie|belgien|belgio|belgique|belgium|belize|benin|
bermuda|bharat|bhutan|bielorussie|bolivia|bosnia and herzegovina|botswana|bouvet island|brasil|
brasile|brasilien|brazil|bresil|british indian ocean territory|british virgin islands|brunei|
brunei darussalam|bulgaria|bulgarie|bulgarien|burkina faso|burma|burundi|cabo verde|cambodia|
cameroon|canada|cape verde|cayman islands|central african republic|cesko|chad|chile|chili|china|
chine|christmas island|cina|colombia|colombie|comoros|congo|cook islands|corea del sud|
corea del sur|coree du sud|costa rica|cote d'ivoire|croacia|croatia|croatie|croazia|cuba|curacao|
cyprus|czech republic|czechia|danemark|danimarca|danmark|democratic republic of the congo|denmark|
deutschland|dinamarca|djibouti|dominica|dominican republic|duitsland|east timor|ecuador|egipto|
egitto|egypt|egypte|eire|el salvador|england|equatorial guinea|eritrea|eslovaquia|espagne|espana|
espanha|estados unidos|estland|estonia|eswatini|etats unis|etats unis d'amerique|ethiopia|
falkland islands|faroe islands|fiji|finland|finlande|finlandia|finnland|forenta staterna|franca|
france|francia|frankreich|frankrijk|frankrike|french guiana|french polynesia|gabon|gambia|georgia|
germania|germany|ghana|giappone|gibraltar|great britain|grece|grecia|greece|greenland|grenada|
griechenland|guadeloupe|guam|guatemala|guernsey|guinea|guinea bissau|guyana|haiti|
heard island and mcdonald islands|holanda|holland|holy see|honduras|hong kong|hongrie|hrvatska|
hungary|hungria|iceland|inde|india|indien|indonesia|indonesien|iran|iraq|ireland|irland|irlanda|
irlande|islamic republic of iran|island|islande|islandia|isle of man|israel|italia|italie|italien|
italy|ivory coast|jamaica|japan|japao|japon|jersey|jordan|kanada|kazakhstan|kenya|kiribati|
kolumbien|korea|kosovo|kroatien|kuwait|kyrgyzstan|lao people's democratic republic|laos|latvia|
lebanon|lesotho|lettland|liberia|libya|libyan arab jamahiriya|liechtenstein|litauen|lithuania|
luxembourg|macao|macau|macedonia|madagascar|magyarorszag|malawi|malaysia|maldives|mali|malta|
maroc|marocco|marokko|marrocos|marruecos|marshall islands|martinique|mauritania|mauritius|mayotte|
messico|mexico|mexiko|mexique|micronesia|moldova|monaco|mongolia|montenegro|montserrat|morocco|
mozambique|myanmar|namibia|nauru|nederland|nepal|netherlands|neuseeland|new caledonia|new zealand|
nicaragua|niederlande|niger|nigeria|niue|norfolk island|norge|north korea|north macedonia|
northern ireland|northern mariana islands|noruega|norvege|norvegia|norway|norwegen|
nouvelle zelande|nuova zelanda|oman|osterreich|osterrike|paesi bassi|paises bajos|pakistan|palau|
palestine|palestinian territories|palestinian territory|panama|papua new guinea|paraguay|pays bas|
people's republic of china|peru|philippines|pitcairn islands|poland|polen|pologne|polonia|polska|
portugal|puerto rico|qatar|regno unito|reino unido|republic of korea|republic of the congo|
republica checa|republique tcheque|reunion|romania|roumanie|royaume uni|rumania|rumanien|rusia|
russia|russian federation|russie|russland|rwanda|saint barthelemy|saint helena|
saint kitts and nevis|saint lucia|saint martin|saint pierre and miquelon|
saint vincent and the grenadines|samoa|san marino|sao tome and principe|saudi arabia|schweden|
schweiz|scotland|senegal|serbia|seychelles|sierra leone|singapore|slovakia|slovaquie|slovenia|
slovenija|slovensko|slowakei|slowenien|solomon islands|somalia|south africa|
south georgia and the south sandwich islands|south korea|south sudan|spagna|spain|spanien|spanje|
srbija|sri lanka|stati uniti|sudafrica|sudafrika|sudan|suecia|suede|suica|suisse|suiza|suomi|
suriname|svalbard and jan mayen islands|sverige|svezia|svizzera|swaziland|sweden|switzerland|
syria|syrian arab republic|taiwan|tajikistan|tanzania|thailand|the bahamas|the gambia|
the netherlands|timor leste|togo|tokelau|tonga|trinidad and tobago|tschechien|tunez|tunisia|
tunisie|turchia|turkei|turkey|turkiye|turkmenistan|turks and caicos islands|turquia|turquie|
tuvalu|tyskland|u.k.|u.s.|u.s.a.|uae|uganda|uk|ukraine|ungarn|ungheria|united arab emirates|
united kingdom|united states|united states of america|uruguay|us|us virgin islands|usa|uzbekistan|
vanuatu|vatican city|venezuela|vereinigte staaten|vereinigtes konigreich|verenigd koninkrijk|
verenigde staten|viet nam|vietnam|virgin islands|wales|wallis and futuna|western sahara|yemen|
yugoslavia|zambia|zimbabwe|zwitserland|ελλαδα|беларусь|казахстан|россия|украина|中国|大韓民国|日本|대한민국
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
aargau|abruzzo|acre|adana|aguascalientes|aichi|akershus|alabama|alagoas|alaska|alberta|alicante|
alsace|amazonas|andalucia|andalusia|andhra pradesh|anhui|ankara|antalya|antioquia|antrim|
antwerpen|aomori|aquitaine|aragon|arizona|arkansas|assam|asturias|auckland|
australian capital territory|auvergne rhone alpes|baden wurttemberg|bahia|baja california|bali|
balochistan|barcelona|basel stadt|basilicata|bavaria|bayern|bedfordshire|beijing|berkshire|berlin|
bern|bihar|bourgogne franche comte|brandenburg|bremen|bretagne|british columbia|brittany|
buckinghamshire|buenos aires|burgenland|busan|calabria|california|cambridgeshire|campania|
canarias|cantabria|canterbury|castilla la mancha|castilla y leon|catalonia|cataluna|catalunya|
ceara|cebu|central java|centre val de loire|cheshire|chhattisgarh|chiapas|chiba|chihuahua|
chongqing|coahuila|colima|colorado|comunidad de madrid|comunidad valenciana|connacht|connecticut|
cordoba|cork|cornwall|corse|cumbria|cundinamarca|cusco|delaware|delhi|derbyshire|devon|
district of columbia|distrito federal|dolnoslaskie|dorset|down|drenthe|dublin|durango|durham|
east java|east sussex|eastern cape|emilia romagna|england|espirito santo|essex|extremadura|fife|
flanders|flevoland|florida|free state|friesland|friuli venezia giulia|fujian|fukuoka|galicia|
galway|gansu|gauteng|gelderland|geneve|georgia|gloucestershire|goa|goias|grand est|graubunden|
greater london|greater manchester|groningen|guanajuato|guangdong|guangxi|guerrero|guizhou|gujarat|
gyeonggi|hainan|hainaut|hamburg|hampshire|haryana|hauts de france|hawaii|hebei|heilongjiang|henan|
herefordshire|hertfordshire|hesse|hessen|hidalgo|highland|himachal pradesh|hiroshima|hokkaido|
hordaland|hovedstaden|hubei|hunan|hyogo|idaho|ile de france|illinois|indiana|inner mongolia|iowa|
islas baleares|isle of wight|istanbul|izmir|jakarta|jalisco|jharkhand|jiangsu|jilin|johor|
kanagawa|kano|kansas|karnataka|karnten|kent|kentucky|kerala|khyber pakhtunkhwa|kwazulu natal|
kyoto|la rioja|lagos|lancashire|languedoc roussillon|lazio|leicestershire|leinster|liaoning|liege|
liguria|lima|limburg|limpopo|lincolnshire|lombardia|lombardy|lorraine|lothian|louisiana|
lower saxony|luzon|madhya pradesh|madrid|maharashtra|maine|malaga|malopolskie|manipur|manitoba|
maranhao|marche|maryland|massachusetts|mato grosso|mato grosso do sul|mazowieckie|
mecklenburg vorpommern|mendoza|merseyside|mexico|michigan|michoacan|midi pyrenees|midtjylland|
minas gerais|minnesota|mississippi|missouri|miyagi|molise|montana|morelos|moscow|munster|murcia|
nagano|nagasaki|nairobi|namur|navarra|nayarit|nebraska|nevada|new brunswick|new hampshire|
new jersey|new mexico|new south wales|new york|newfoundland|newfoundland and labrador|
niederosterreich|niedersachsen|niigata|noord brabant|noord holland|nordrhein westfalen|norfolk|
normandie|normandy|north carolina|north dakota|north holland|north rhine westphalia|
north yorkshire|northamptonshire|northern ireland|northern territory|northumberland|
northwest territories|nottinghamshire|nouvelle aquitaine|nova scotia|nuevo leon|nunavut|oaxaca|
oberosterreich|occitanie|odisha|ohio|okinawa|oklahoma|ontario|oregon|osaka|otago|overijssel|
oxfordshire|pais vasco|para|paraiba|parana|pays de la loire|penang|pennsylvania|pernambuco|piaui|
picardie|piedmont|piemonte|pirkanmaa|pomorskie|prince edward island|provence alpes cote d'azur|
puebla|puglia|punjab|quebec|queensland|queretaro|quintana roo|rajasthan|region metropolitana|
rheinland pfalz|rhineland palatinate|rhode island|rio de janeiro|rio grande do norte|
rio grande do sul|rogaland|rondonia|roraima|saarland|sabah|sachsen|sachsen anhalt|saitama|
salzburg|santa catarina|santa fe|sao paulo|sarawak|sardegna|sardinia|saskatchewan|saxony|
schleswig holstein|scotland|selangor|seoul|sergipe|sevilla|shaanxi|shandong|shanghai|shanxi|
shizuoka|shropshire|sichuan|sicilia|sicily|sinaloa|sind|sindh|sjaelland|skane|slaskie|somerset|
sonora|south australia|south carolina|south dakota|south holland|south yorkshire|staffordshire|
steiermark|stockholm|suffolk|surrey|syddanmark|tabasco|tamaulipas|tamil nadu|tasmania|telangana|
tennessee|texas|thuringen|thuringia|tianjin|tibet|ticino|tirol|tlaxcala|tocantins|tokyo|tokyo to|
toscana|trentino alto adige|tucuman|tuscany|tyne and wear|tyrol|ulster|umbria|uppsala|utah|
utrecht|uttar pradesh|uttarakhand|uusimaa|valais|valencia|valle d'aosta|valparaiso|
vastra gotaland|vaud|veneto|veracruz|vermont|victoria|virginia|vorarlberg|waikato|wales|wallonia|
warwickshire|washington|wellington|west bengal|west java|west midlands|west sussex|west virginia|
west yorkshire|western australia|western cape|wielkopolskie|wien|wiltshire|wisconsin|
worcestershire|wyoming|xinjiang|yorkshire|yucatan|yukon|yunnan|zacatecas|zeeland|zhejiang|
zuid holland|zurich|краснодарский край|ленинградская область|московская область
"""

CITIES = """
aachen|aalborg|aarhus|aberdeen|abidjan|abu dhabi|abuja|acapulco|accra|addis ababa|adelaide|
ahmedabad|akron|albany|albuquerque|alexandria|algiers|alicante|almaty|amarillo|amman|amsterdam|
anaheim|anchorage|angers|ankara|ann arbor|antwerp|antwerpen|arequipa|arlington|arnhem|astana|
asuncion|athens|atlanta|auckland|augsburg|augusta|aurora|austin|baghdad|bakersfield|baku|
baltimore|bandung|bangalore|bangkok|barcelona|bari|barnstable|barranquilla|basel|bath|baton rouge|
beaumont|beijing|beirut|belfast|belgrade|bellevue|belo horizonte|bengaluru|bergamo|bergen|
berkeley|berlin|bern|beverly hills|bhopal|bilbao|birmingham|bogota|boise|bologna|bombay|bonn|
bordeaux|boston|boulder|bournemouth|bradford|braga|brampton|brasilia|bratislava|breda|bremen|
brescia|bridgeport|brighton|brisbane|bristol|brno|brockton|bronx|brooklyn|brownsville|bruges|
brugge|brussels|bruxelles|bucharest|budapest|buenos aires|buffalo|busan|cairns|cairo|calgary|cali|
cambridge|campinas|campos do jordao|canberra|cancun|cape coral|cape town|caracas|cardiff|
cartagena|casablanca|catania|cebu city|cedar rapids|chandigarh|chandler|charleroi|charleston|
charlotte|chattanooga|chengdu|chennai|chesapeake|chiang mai|chicago|chittagong|chongqing|
christchurch|chula vista|cincinnati|ciudad de mexico|clarksville|cleveland|cluj napoca|coimbatore|
coimbra|cologne|colombo|colorado springs|columbia|columbus|concord|copenhagen|cordoba|cork|corona|
corpus christi|coventry|cupertino|curitiba|cusco|da nang|daegu|dakar|dalian|dallas|damascus|
dar es salaam|darwin|davao|dayton|debrecen|delhi|den haag|denpasar|denton|denver|derby|des moines|
detroit|dhaka|dijon|doha|dortmund|dresden|dubai|dublin|dundee|dunedin|durban|durham|dusseldorf|
edinburgh|edmonton|eindhoven|el paso|elk grove|erfurt|escondido|espoo|essen|eugene|evansville|
exeter|faisalabad|fall river|fayetteville|firenze|florence|fontana|fort collins|fort lauderdale|
fort wayne|fort worth|fortaleza|framingham|frankfurt|frankfurt am main|freiburg|fremont|fresno|
fukuoka|gainesville|galway|garden grove|garland|gdansk|geelong|geneva|geneve|genoa|genova|gent|
ghent|gilbert|glasgow|glendale|goiania|gold coast|goteborg|gothenburg|granada|grand prairie|
grand rapids|graz|greensboro|grenoble|groningen|guadalajara|guangzhou|guatemala city|guayaquil|
gurgaon|gurugram|haarlem|haifa|halifax|hamburg|hamilton|hampton|hangzhou|hannover|hanoi|harare|
hartford|havana|haverhill|hayward|heidelberg|helsinki|henderson|hialeah|hiroshima|
ho chi minh city|hobart|hollywood|hong kong|honolulu|houston|hull|huntington beach|huntsville|
hyderabad|iasi|ibadan|incheon|indianapolis|indore|innsbruck|irvine|irving|islamabad|istanbul|
izmir|jackson|jacksonville|jaipur|jakarta|jeddah|jersey city|jerusalem|johannesburg|joliet|kabul|
kampala|kano|kanpur|kansas city|kaohsiung|karachi|karlsruhe|kassel|kathmandu|katowice|kazan|
kharkiv|khartoum|kiel|kiev|kigali|killeen|kingston|kitchener|knoxville|kobe|kobenhavn|kochi|
kolkata|koln|krakow|kuala lumpur|kumasi|kuwait city|kyiv|kyoto|la paz|la plata|lafayette|lagos|
lahore|lakewood|lancaster|laredo|las vegas|lausanne|laval|lawrence|leeds|leicester|leipzig|leon|
leuven|lexington|liege|lille|lima|limerick|lincoln|linz|lisboa|lisbon|little rock|liverpool|
ljubljana|lodz|london|long beach|los angeles|louisville|lowell|luanda|lubbock|lubeck|lublin|
lucknow|lusaka|luton|luxembourg|lviv|lynn|lyon|macau|macon|madison|madrid|mainz|malaga|malden|
malmo|managua|manama|manaus|manchester|manhattan|manila|mannheim|maputo|maracaibo|marrakech|
marseille|mcallen|mecca|medan|medellin|medford|melbourne|memphis|mendoza|menlo park|merida|mesa|
mesquite|metz|mexico city|mexico d f|miami|milan|milano|milton keynes|milwaukee|minneapolis|minsk|
mississauga|mobile|modena|modesto|mombasa|monaco|monterrey|montevideo|montgomery|montpellier|
montreal|moreno valley|moscow|mountain view|mumbai|munchen|munich|munster|murcia|muscat|nagoya|
nagpur|nairobi|namur|nancy|nanjing|nantes|naperville|naples|napoli|nashville|new bedford|
new delhi|new haven|new orleans|new york|new york city|newark|newcastle|newcastle upon tyne|
newport news|newton|nice|nijmegen|nizhny novgorod|noida|norfolk|norwich|nottingham|novosibirsk|
nurnberg|oakland|oceanside|odense|odessa|oklahoma city|omaha|ontario|orlando|osaka|oslo|ostrava|
ottawa|oulu|overland park|oxford|oxnard|padova|palermo|palmdale|palo alto|panama city|paris|parma|
pasadena|paterson|pembroke pines|peoria|perth|philadelphia|phnom penh|phoenix|pittsburgh|plano|
plovdiv|plymouth|pomona|portland|porto|porto alegre|portsmouth|poznan|prague|praha|pretoria|
providence|puebla|pune|qingdao|quebec|quebec city|queens|queretaro|quezon city|quincy|quito|rabat|
raleigh|rancho cucamonga|rawalpindi|reading|recife|redmond|regensburg|regina|reims|rennes|reno|
resende|revere|richmond|riga|rio de janeiro|riverside|riyadh|rochester|rockford|roma|rome|rosario|
roseville|rostock|rostov on don|rotterdam|sacramento|saigon|saint louis|saint paul|
saint petersburg|salem|salinas|salt lake city|salvador|salzburg|samara|san antonio|san bernardino|
san diego|san francisco|san jose|san juan|san salvador|santa ana|santa barbara|santa clara|
santa clarita|santa monica|santa rosa|santiago|santo domingo|sao paulo|sapporo|saskatoon|savannah|
scottsdale|seattle|sendai|seoul|sevilla|seville|shanghai|sharjah|sheffield|shenzhen|shreveport|
singapore|sioux falls|sochi|sofia|somerville|southampton|spokane|springfield|st john's|st louis|
st paul|st petersburg|stamford|stavanger|stockholm|stockton|stoke on trent|strasbourg|stuttgart|
sunnyvale|surabaya|surat|surprise|surrey|suva|suzhou|swansea|sydney|syracuse|szczecin|tacoma|
taichung|taipei|tallahassee|tallinn|tampa|tampere|tashkent|tbilisi|tegucigalpa|tehran|tel aviv|
tempe|the hague|thessaloniki|thornton|tianjin|tijuana|tilburg|timisoara|tokyo|toledo|toluca|
topeka|torino|toronto|torrance|toulouse|trieste|tripoli|trondheim|tucson|tulsa|tunis|turin|turku|
ubud|ufa|ulm|uppsala|utrecht|valencia|valparaiso|vancouver|varna|venezia|venice|verona|versailles|
victoria|vienna|vilnius|virginia beach|waco|waltham|warren|warsaw|warszawa|washington|waterford|
wellington|weymouth|wichita|wien|wilmington|winnipeg|winston salem|wolverhampton|worcester|
wroclaw|wuhan|wurzburg|xian|yangon|yekaterinburg|yerevan|yokohama|yonkers|york|zagreb|zaragoza|
zurich|екатеринбург|казань|киев|минск|москва|новосибирск|самара|санкт петербург|харьков|
上海|京都|北京|大阪|广州|東京|深圳|부산|서울
"""

LANGUAGES = """
afrikaans|albanian|aleman|allemand|american english|american sign language|amharic|angielski|
anglais|arabic|armenian|assamese|aymara|azerbaijani|azeri|basque|belarusian|bengali|bislama|
bosnian|brazilian portuguese|british english|bulgarian|burmese|cantonese|catalan|cestina|chichewa|
chinese|croatian|czech|danish|dansk|dari|deutsch|dhivehi|dutch|dzongkha|engels|englisch|english|
espagnol|espanol|estonian|faroese|farsi|fijian|filipino|finnish|francais|frances|francese|
franzosisch|french|frisian|gaelic|galician|georgian|german|greek|guarani|gujarati|haitian creole|
hausa|hawaiian|hebrew|hindi|hiri motu|hrvatski|hungarian|icelandic|igbo|indonesian|ingles|inglese|
irish|irish gaelic|italian|italiano|italien|italienisch|japanese|javanese|kannada|kashmiri|kazakh|
khmer|kinyarwanda|korean|kurdish|kyrgyz|lao|latin|latvian|lithuanian|luxembourgish|macedonian|
magyar|malagasy|malay|malayalam|maltese|mandarin|mandarin chinese|maori|marathi|moldovan|
mongolian|montenegrin|ndebele|nederlands|nepali|norsk|norwegian|oriya|papiamento|pashto|persian|
polish|polski|portugues|portuguese|punjabi|quechua|romanian|romansh|russian|russisch|samoan|
sanskrit|serbian|sesotho|shona|sign language|simplified chinese|sindhi|sinhala|sinhalese|slovak|
slovene|slovenian|somali|sotho|spagnolo|spanisch|spanish|sundanese|suomi|svenska|swahili|swati|
swedish|tagalog|tajik|tamil|tatar|tedesco|telugu|tetum|thai|tibetan|tigrinya|tok pisin|tongan|
traditional chinese|tsonga|tswana|turkce|turkish|turkmen|uighur|ukrainian|urdu|uzbek|vietnamese|
welsh|wolof|xhosa|yiddish|yoruba|zulu|английский|немецкий|русский|украинский|العربية|中文|日本語|英語|
한국어
"""

CURRENCIES = """
$|aed|afn|all|amd|ang|aoa|ariary|ars|au$|aud|australian dollar|awg|azn|baht|balboa|bam|bbd|bdt|
bgn|bhd|birr|bmd|bnd|bob|boliviano|brazilian real|british pound|brl|bsd|btc|btn|bwp|byn|byr|bzd|
ca$|cad|canadian dollar|cdf|cedi|cfa franc|chf|clp|cny|colon|cop|cordoba|crc|cup|cve|czk|dalasi|
danish krone|denar|dinar|dirham|dkk|dollar|dollars|dong|dop|dram|dzd|egp|etb|eth|eur|euro|euros|
fjd|forint|franc|gbp|gel|ghs|gmd|gnf|gourde|gtq|guarani|hkd|hnl|hong kong dollar|hrk|hryvnia|htg|
huf|idr|ils|indian rupee|inr|iqd|irr|isk|japanese yen|jmd|jod|jpy|kes|kgs|khr|kip|koruna|kr|krona|
krw|kuna|kwacha|kwanza|kwd|kyat|kyd|kzt|lak|lari|lbp|lek|lempira|leu|lev|lilangeni|lira|lkr|loti|
lrd|lsl|lyd|mad|manat|mdl|metical|mexican peso|mga|mkd|mmk|mnt|mop|mur|mvr|mwk|mxn|myr|mzn|nad|
naira|ngn|nio|nok|norwegian krone|npr|nzd|omr|ouguiya|pab|pen|peso|pgk|php|pkr|pln|pound|
pound sterling|pula|pyg|qar|quetzal|r$|rand|real|renminbi|riel|ringgit|riyal|ron|rsd|rub|ruble|
rubles|rufiyaa|rupee|rupiah|russian ruble|rwf|sar|sbd|scr|sdg|sek|sgd|sgp|shekel|shilling|
singapore dollar|sll|sol|som|sos|sterling|swedish krona|swiss franc|syp|szl|taka|tenge|thb|tjs|
tmt|tnd|top|try|ttd|tugrik|turkish lira|twd|tzs|u.s. dollar|uah|ugx|us dollar|us$|usd|uyu|uzs|vef|
ves|vnd|vuv|won|wst|xaf|xag|xau|xcd|xof|xpf|yen|yer|yuan|yuan renminbi|zar|zloty|zmw|zwl|zł|£|¥|
руб|฿|₩|₪|€|₴|₹|₺|₽
"""

ORGANIZATION_WORDS = """
academy|agency|airlines|airways|asociados|associates|associati|association|authority|bakery|bank|
bureau|cafe|capital|center|centre|church|clinic|club|co|college|commission|committee|
communications|company|construction|consultants|consulting|contractors|corp|corporation|council|
department|distributors|enterprise|enterprises|federation|foundation|gmbh|groep|group|groupe|
grupo|gruppe|health|healthcare|hermanos|holding|holdings|hospital|hotel|inc|incorporated|
industrie|industries|institute|institution|insurance|international|koninklijke|laboratories|labs|
library|limited|llc|llp|logistics|ltd|ltda|manufacturing|media|medical|ministry|motors|museum|
networks|partners|partnership|partnerships|pharmaceuticals|plc|productions|properties|realty|
restaurant|roasters|sarl|school|services|society|solutions|sons|srl|stiftung|store|stores|studio|
studios|supermarket|supply|systems|technologies|technology|telecom|traders|trading|trust|union|
universidad|universidade|universitat|universite|university|ventures|verein|wholesale
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
