"""Cities and towns. Literal data: read by `dictionaries` and nobody else; parted by `|`."""

CITIES = """
a coruna|aachen|aalborg|aalst|aarau|aarhus|aba|abbotsford|abeokuta|aberdeen|abha|abidjan|abilene|
abu dhabi|abuja|acapulco|accra|adana|addis ababa|adelaide|aden|agadir|agartala|agra|
aguascalientes|ahmedabad|ahvaz|aix en provence|ajman|ajmer|akita|akron|akure|akureyri|al ain|
albacete|albany|albuquerque|albury|aleppo|alesund|alexandria|algeciras|algiers|alicante|
alice springs|alkmaar|allahabad|allentown|almaty|almere|almeria|alor setar|amarillo|ambato|ambon|
amersfoort|amiens|amman|amravati|amritsar|amsterdam|anaheim|anchorage|ancona|angers|ankara|
ann arbor|annaba|annecy|antalya|antananarivo|antibes|antioch|antofagasta|antwerp|antwerpen|aomori|
apeldoorn|aqaba|aracaju|arad|arendal|arequipa|arezzo|argenteuil|arica|arkhangelsk|arlington|
arnhem|arusha|arvada|asansol|ashdod|ashgabat|asmara|assen|astana|astrakhan|asuncion|aswan|athens|
atlanta|auckland|augsburg|augusta|aurangabad|aurora|austin|aveiro|avignon|avila|aviles|bacau|
bacolod|badajoz|badalona|baghdad|baguio|bahawalpur|bahia blanca|bakersfield|baku|balikpapan|
ballarat|balti|baltimore|bamako|bamberg|bandung|bangalore|bangkok|bangor|banja luka|banjarmasin|
banska bystrica|baotou|barcelona|bari|bariloche|barnaul|barnstable|barquisimeto|barranquilla|
barrie|basel|basingstoke|basra|batam|bath|batna|baton rouge|battambang|batumi|bauru|bayamon|
bayonne|bayreuth|beaumont|beaverton|beersheba|begusarai|beijing|beirut|bejaia|bekasi|belem|
belfast|belgaum|belgrade|bellevue|bellinzona|belo horizonte|bend|bendigo|bengaluru|benghazi|
benin city|benoni|bergamo|bergen|berkeley|berlin|bern|besancon|beverly hills|beziers|bhopal|
bhubaneswar|bialystok|biel|bielefeld|bien hoa|bikaner|bilaspur|bilbao|billings|biratnagar|
birmingham|bishkek|bismarck|bitola|bizerte|blackpool|blantyre|blida|bloemfontein|bloomington|
blumenau|bnei brak|boa vista|boca raton|bochum|bodo|bogor|bogota|boise|boksburg|bologna|bolton|
bolzano|bombay|bonn|boras|bordeaux|boston|bottrop|bouake|boulder|boulogne billancourt|bournemouth|
bowling green|bradford|braga|braila|brampton|brasilia|brasov|bratislava|braunschweig|brazzaville|
breda|bregenz|bremen|brescia|brest|bridgeport|brighton|brisbane|bristol|brno|brockton|
broken arrow|bronx|brooklyn|brownsville|bruges|brugge|brussels|bruxelles|bryansk|bucaramanga|
bucharest|budapest|buenos aires|buffalo|bujumbura|bukhara|bulawayo|bunbury|bundaberg|buraidah|
burbank|burgas|burgos|burnaby|bursa|busan|bydgoszcz|bytom|caceres|cadiz|caen|cagayan de oro|
cagliari|cairns|cairo|calabar|calais|calarasi|calgary|cali|callao|caloocan|camaguey|cambridge|
camden|campeche|campinas|campo grande|campos do jordao|can tho|canberra|cancun|cannes|canton|
cape coast|cape coral|cape town|caracas|cardiff|carlisle|carlsbad|carrollton|cartagena|cary|
casablanca|castellon de la plana|catania|catanzaro|caxias do sul|cebu|cebu city|cedar rapids|
celje|centennial|centurion|ceske budejovice|chambery|champaign|chandigarh|chandler|changchun|
changsha|changwon|chania|charleroi|charleston|charlotte|charlottesville|charlottetown|chattanooga|
cheltenham|chelyabinsk|chemnitz|chengdu|chennai|cheonan|cheongju|cherkasy|chernihiv|chernivtsi|
chesapeake|chester|chetumal|cheyenne|chiang mai|chiang rai|chiba|chicago|chiclayo|chico|chihuahua|
chillan|chisinau|chittagong|chongqing|christchurch|chula vista|chur|cincinnati|ciudad de mexico|
ciudad del este|ciudad guayana|ciudad juarez|ciudad real|clarksville|clearwater|clermont ferrand|
cleveland|clifton|clovis|cluj napoca|cochabamba|coimbatore|coimbra|colchester|college station|
colmar|cologne|colombo|colorado springs|columbia|columbus|comilla|compton|conakry|concord|
constanta|constantine|copenhagen|coral springs|cordoba|cork|corona|corpus christi|corrientes|
cosenza|costa mesa|cotonou|cottbus|coventry|craiova|crawley|cremona|creteil|cucuta|cuenca|
cuernavaca|cuiaba|culiacan|cupertino|curitiba|cusco|cuttack|czestochowa|da lat|da nang|daegu|
daejeon|dakar|dalian|dallas|daly city|damascus|dammam|dar es salaam|darmstadt|darwin|daugavpils|
davao|dayton|daytona beach|dearborn|debrecen|decatur|dehradun|delft|delhi|den haag|denizli|
denpasar|denton|denver|depok|derby|derry|des moines|detroit|deventer|dhaka|dhanbad|diadema|dijon|
diyarbakir|djibouti city|dnipro|dobrich|dodoma|doha|dongguan|donostia|dordrecht|dornbirn|dortmund|
douala|downey|drammen|dresden|drogheda|dubai|dubbo|dublin|dubrovnik|duisburg|duluth|dundalk|
dundee|dunedin|dunkerque|durango|durban|durgapur|durham|durres|dushanbe|dusseldorf|east london|
eastbourne|ecatepec|edinburg|edinburgh|edirne|edison|edmonton|eger|eindhoven|eisenstadt|el cajon|
el monte|el paso|elblag|elche|eldoret|elgin|elk grove|ely|emmen|encarnacion|ennis|enschede|
ensenada|entebbe|enugu|erbil|erfurt|erie|erode|erzurum|esbjerg|escondido|eskisehir|espoo|essen|
eugene|evansville|everett|evora|exeter|fairfield|faisalabad|fall river|fargo|faridabad|faro|
fayetteville|federal way|feira de santana|feldkirch|ferrara|fes|firenze|flint|florence|
florianopolis|foggia|fontana|fort collins|fort lauderdale|fort myers|fort wayne|fort worth|
fortaleza|foshan|framingham|frankfurt|frankfurt am main|frauenfeld|fredericia|fredericton|
fredrikstad|freetown|freiburg|fremont|fresno|fribourg|frisco|fujairah|fukui|fukuoka|fulda|
fullerton|funchal|furth|fuzhou|gabes|gaborone|gainesville|galati|galle|galway|ganja|garden grove|
garland|gary|gatineau|gavle|gaya|gaza|gaziantep|gazipur|gdansk|gdynia|geelong|gelsenkirchen|
geneva|geneve|genk|genoa|genova|gent|george town|gera|ghaziabad|ghent|giessen|gifu|gijon|gilbert|
girona|gisborne|giza|glasgow|glendale|gliwice|gloucester|goiania|gold coast|goma|gomel|goteborg|
gothenburg|gottingen|gouda|goyang|granada|grand forks|grand prairie|grand rapids|graz|greeley|
green bay|greensboro|greenville|grenoble|gresham|grodno|groningen|guadalajara|guangzhou|guarulhos|
guatemala city|guayaquil|guelph|guimaraes|guiyang|gujranwala|gulbarga|gulfport|gulu|guna|guntur|
gurgaon|gurugram|guwahati|gwalior|gwangju|gyor|gyumri|haarlem|hafnarfjordur|hagen|hagerstown|
hai phong|haifa|haikou|halden|halifax|halle|halmstad|hama|hamamatsu|hamar|hamburg|hameenlinna|
hamilton|hamm|hampton|hangzhou|hannover|hanoi|harare|harbin|hargeisa|haridwar|harrisburg|hartford|
hasselt|hastings|hat yai|haugesund|havana|haverhill|hayward|hebron|heerlen|hefei|heidelberg|
heilbronn|helsingborg|helsingor|helsinki|henderson|heraklion|herat|hermosillo|herne|herning|
hervey bay|hialeah|high point|hillerod|hillsboro|hilversum|himeji|hiroshima|ho chi minh city|
hobart|hoboken|holguin|hollywood|holon|holstebro|holzminden|homs|hong kong|honolulu|hoofddorp|
horsens|houston|howrah|hradec kralove|hsinchu|huancayo|hubli|huddersfield|hue|huelva|huizhou|hull|
huntington beach|huntsville|hyderabad|hyvinkaa|iasi|ibadan|ibague|iloilo|ilorin|imphal|incheon|
indianapolis|indore|inglewood|ingolstadt|innsbruck|invercargill|inverness|ioannina|ipoh|ipswich|
iqaluit|iquique|iquitos|irbid|irkutsk|irvine|irving|isfahan|islamabad|ismailia|istanbul|izhevsk|
izmir|jabalpur|jackson|jacksonville|jaen|jaffna|jaipur|jakarta|jalandhar|jammu|jamshedpur|
jayapura|jeddah|jeju|jelgava|jena|jeonju|jerez de la frontera|jersey city|jerusalem|jesenice|
jihlava|jinan|jinja|joao pessoa|jodhpur|joensuu|johannesburg|johor bahru|joinville|joliet|
jonesboro|jonkoping|jos|juiz de fora|jundiai|jurmala|jyvaskyla|kabul|kaduna|kagoshima|kairouan|
kalamata|kalamazoo|kalgoorlie|kaliningrad|kalisz|kalmar|kampala|kanazawa|kandahar|kandy|kano|
kanpur|kansas city|kaohsiung|karachi|karaganda|karaj|karbala|karlovac|karlsruhe|karlstad|karvina|
kassel|kathmandu|katowice|kaunas|kavala|kawasaki|kayseri|kazan|kecskemet|keelung|keflavik|kelowna|
kemerovo|kenitra|kenosha|kent|kermanshah|khabarovsk|kharkiv|khartoum|kherson|khobar|khon kaen|
khulna|kiel|kielce|kiev|kigali|kilkenny|killeen|kimberley|kingston|kinshasa|kirkuk|kirov|kisumu|
kitakyushu|kitchener|kladno|klagenfurt|klaipeda|knoxville|kobe|kobenhavn|koblenz|kochi|kofu|koge|
kolding|kolhapur|kolkata|kollam|koln|konstanz|konya|kopavogur|koper|kortrijk|kosice|koszalin|kota|
kota kinabalu|kotka|kouvola|kozhikode|kragujevac|krakow|kranj|krasnodar|krasnoyarsk|krefeld|
kristiansand|kristianstad|kuala lumpur|kuantan|kuching|kumamoto|kumasi|kunming|kuopio|kupang|
kursk|kutaisi|kuwait city|kyiv|kyoto|la ceiba|la coruna|la louviere|la paz|la plata|la rochelle|
la serena|la spezia|lafayette|lagos|lahore|lahti|lake charles|lakeland|lakewood|lalitpur|lamia|
lancaster|lansing|lanzhou|lappeenranta|laredo|larissa|larkana|larnaca|larvik|las cruces|
las palmas de gran canaria|las pinas|las vegas|latakia|latina|latur|launceston|lausanne|laval|
lawrence|lawton|le havre|le mans|league city|lecce|leeds|leeuwarden|legnica|leicester|leiden|
leipzig|leiria|leon|lethbridge|leuven|leverkusen|levis|lewisville|lexington|liberec|libreville|
lichfield|liege|liepaja|lille|lillehammer|lilongwe|lima|limassol|limerick|limoges|lincoln|
linkoping|linz|lisboa|lisbon|lisburn|little rock|liverpool|livonia|livorno|ljubljana|lleida|
locarno|lodz|logrono|lohja|loja|lome|london|londonderry|londrina|long beach|longmont|longueuil|
lorient|los angeles|louisville|lowell|lower hutt|luanda|luang prabang|lubbock|lubeck|lublin|
lubumbashi|lucca|lucknow|ludhiana|ludwigshafen|lugano|lugo|lulea|lund|luoyang|lusaka|luton|lutsk|
luxembourg|luxor|luzern|lviv|lynchburg|lynn|lyon|maastricht|macapa|macau|maceio|machala|mackay|
macon|madison|madrid|madurai|magdeburg|magura|maidstone|maiduguri|mainz|makassar|makati|malacca|
malaga|malang|malatya|malden|malindi|malmo|manado|managua|manama|manaus|manchester|mandalay|
mandurah|mangalore|manhattan|manila|manizales|mannheim|mansoura|manta|mantova|maputo|
mar del plata|maracaibo|maracay|marbella|marburg|maribor|maringa|marrakech|marseille|mashhad|
matamoros|mataram|matera|matsuyama|mazar i sharif|mazatlan|mbarara|mcallen|mecca|mechelen|medan|
medellin|medford|medicine hat|medina|meerut|meknes|melbourne|memphis|mendoza|menlo park|merida|
meridian|merlo|mersin|mesa|mesquite|messina|metz|mexicali|mexico city|mexico d f|miami|
middlesbrough|midland|mikkeli|milan|milano|mildura|milton keynes|milwaukee|minneapolis|minsk|
miramar|miskolc|misrata|mississauga|missoula|mito|miyazaki|mlada boleslav|mobile|modena|modesto|
mogadishu|mogilev|molde|mombasa|monaco|monchengladbach|moncton|monrovia|mons|monteria|monterrey|
montevideo|montgomery|montpellier|montreal|montreuil|montreux|monza|morelia|moreno valley|morioka|
moscow|mostar|mosul|mountain view|mugla|mulheim|mulhouse|multan|mumbai|munchen|munich|munster|
murcia|murfreesboro|murmansk|muscat|muzaffarpur|mwanza|mykolaiv|mymensingh|mysore|mysuru|nablus|
naestved|nagano|nagasaki|nagoya|nagpur|naha|nairobi|najaf|nakuru|namur|nanaimo|nanchang|nancy|
nanjing|nanning|nanterre|nantes|napa|naperville|napier|naples|napoli|nara|narayanganj|narsingdi|
narva|nashik|nashua|nashville|navi mumbai|naxcivan|naypyidaw|ndjamena|negombo|neiva|nellore|
nelspruit|netanya|neuchatel|neuquen|neuss|new bedford|new delhi|new haven|new orleans|
new plymouth|new york|new york city|newark|newcastle|newcastle upon tyne|newport|newport news|
newry|newton|nezahualcoyotl|nha trang|niagara falls|niamey|nice|nicosia|niigata|nijmegen|nimes|
ningbo|niort|nis|niteroi|nitra|nizhny novgorod|noida|nonthaburi|norfolk|norman|norrkoping|
north las vegas|norwalk|norwich|nottingham|novara|novi sad|novo mesto|novosibirsk|nuevo laredo|
nurnberg|nyiregyhaza|oakland|oaxaca|oberhausen|ocala|oceanside|odense|odessa|offenbach|ogden|
ohrid|oita|okayama|oklahoma city|olathe|oldenburg|olomouc|olsztyn|olten|olympia|omaha|omsk|
onitsha|ontario|oostende|opatija|opava|opole|oradea|oran|orebro|orenburg|orlando|orleans|oruro|
osaka|osasco|osh|oshawa|osijek|oslo|osnabruck|osorno|ostrava|ottawa|ouagadougou|oujda|oulu|
ourense|overland park|oviedo|oxford|oxnard|oyo|paarl|padang|paderborn|padova|paisley|palembang|
palencia|palermo|palma|palma de mallorca|palmdale|palmerston north|palo alto|pamplona|panaji|
panama city|panevezys|pangkalpinang|paphos|parana|pardubice|paris|parma|parnu|pasadena|pasig|
passau|pasto|paterson|patna|patras|pattaya|patuakhali|pau|pavia|pawtucket|paysandu|pecs|pekanbaru|
pelotas|pembroke pines|pensacola|penza|peoria|pereira|perm|perpignan|perth|perugia|pescara|
peshawar|petah tikva|petaling jaya|peterborough|petropolis|pforzheim|philadelphia|phnom penh|
phoenix|phuket|piacenza|pietermaritzburg|piracicaba|piraeus|pisa|pitesti|pittsburgh|pittsfield|
piura|plano|playa del carmen|pleven|plock|ploiesti|plovdiv|plymouth|plzen|podgorica|poitiers|
pokhara|polokwane|poltava|pomona|pompano beach|ponce|ponta delgada|pontevedra|pontianak|poprad|
pori|porirua|port elizabeth|port harcourt|port louis|port said|port st lucie|portland|porto|
porto alegre|porto velho|portsmouth|porvoo|posadas|potenza|potosi|potsdam|poughkeepsie|poznan|
prague|praha|prato|prayagraj|presov|preston|pretoria|pristina|prizren|providence|provo|puebla|
pueblo|puerto montt|pula|pune|punta arenas|qingdao|qom|quebec|quebec city|queens|queenstown|
queretaro|quetta|quezon city|quimper|quincy|quito|rabat|racine|radom|radomsko|ragusa|raipur|
rajkot|rajshahi|raleigh|ramallah|ramat gan|rancagua|ranchi|rancho cucamonga|randers|randfontein|
rangpur|rantasalmi|rapid city|ras al khaimah|rasht|ravenna|rawalpindi|reading|recife|red deer|
redmond|regensburg|reggio calabria|reggio emilia|regina|reims|rennes|reno|renton|resende|
resistencia|reutlingen|revere|reykjavik|reynosa|rhodes|rialto|ribeirao preto|richardson|richmond|
riga|rijeka|rimini|rio branco|rio de janeiro|rishon lezion|riverside|rivne|riyadh|roanoke|
rochester|rockford|rockhampton|roma|rome|roosendaal|rosario|roseville|roskilde|rostock|
rostov on don|rotorua|rotterdam|rouen|round rock|rovaniemi|ruse|rustavi|rustenburg|ryazan|rzeszow|
saarbrucken|sabadell|sacramento|sagamihara|saginaw|saguenay|saigon|saint denis|saint etienne|
saint john|saint louis|saint paul|saint petersburg|saitama|sakai|sakarya|salalah|salamanca|salem|
salerno|salinas|salo|salt lake city|salta|saltillo|salto|salvador|salzburg|samara|samarinda|
samarkand|samsun|san angelo|san antonio|san bernardino|san diego|san francisco|san jose|san juan|
san luis potosi|san mateo|san pedro sula|san salvador|san sebastian|sanaa|sandefjord|sandnes|
sandton|sandviken|sandy springs|santa ana|santa barbara|santa clara|santa clarita|
santa cruz de la sierra|santa cruz de tenerife|santa fe|santa maria|santa marta|santa monica|
santa rosa|santander|santiago|santiago de compostela|santiago de cuba|santiago de los caballeros|
santo andre|santo domingo|sao bernardo do campo|sao goncalo|sao jose dos campos|sao luis|
sao paulo|sapporo|sarajevo|sarasota|saratov|sargodha|sarpsborg|saskatoon|sassari|savannah|savona|
schaffhausen|schenectady|schwerin|scottsdale|scranton|seattle|segovia|seinajoki|semarang|sendai|
seongnam|seoul|seremban|setif|setubal|sevilla|seville|sfax|shah alam|shanghai|sharjah|sheffield|
shenyang|shenzhen|shepparton|sherbrooke|shijiazhuang|shillong|shimla|shiraz|shizuoka|shreveport|
shumen|shymkent|sialkot|siauliai|sibenik|sibiu|sidon|siem reap|siena|siliguri|silkeborg|
simi valley|singapore|sion|sioux city|sioux falls|siracusa|sisak|skelleftea|skien|skopje|slagelse|
sligo|sliven|slough|smolensk|sochi|sofia|solapur|solingen|solo|somerville|sonderborg|sonneberg|
sopot|sopron|sorocaba|sosnowiec|sousse|south bend|southampton|soweto|spokane|springfield|srinagar|
st albans|st catharines|st davids|st gallen|st john's|st louis|st paul|st petersburg|st polten|
stamford|stara zagora|stavanger|stellenbosch|sterling heights|steyr|stirling|stockholm|stockport|
stockton|stoke on trent|strasbourg|stuttgart|subang jaya|subotica|suceava|sucre|sudbury|suez|
sugar land|sukkur|sulaymaniyah|sumqayit|sumy|sunderland|sundsvall|sunnyvale|surabaya|surakarta|
surat|surrey|suva|suwon|suzhou|swansea|sydney|sylhet|syracuse|szczecin|szeged|szekesfehervar|
szombathely|tabriz|tabuk|tacna|tacoma|taguig|taichung|taif|tainan|taipei|taiyuan|takoradi|talca|
tallahassee|tallinn|tamale|tampa|tampere|tampico|tamworth|tangerang|tangier|tangshan|tanta|
taranto|targu mures|tarija|tarnow|tarragona|tartu|tashkent|tauranga|tbilisi|tczew|tegucigalpa|
tehran|tel aviv|tema|tempe|temuco|teresina|terni|ternopil|terrassa|tetouan|thane|thanjavur|
the hague|thessaloniki|thika|thimphu|thiruvananthapuram|thornton|thousand oaks|thrissur|thun|
thunder bay|tianjin|tijuana|tilburg|timaru|timisoara|tirana|tiraspol|tiruchirappalli|tirunelveli|
tirupati|tlemcen|tokyo|toledo|toluca|tolyatti|toms river|tomsk|tondela|tonsberg|toowoomba|topeka|
torino|toronto|torquay|torrance|torreon|torun|toulon|toulouse|tournai|tours|townsville|toyama|
trabzon|tralee|trencin|trento|trenton|treviso|trier|trieste|tripoli|trnava|trois rivieres|tromso|
trondheim|troy|troyes|trujillo|truro|tubingen|tucson|tucuman|tula|tulsa|tunis|turin|turku|
tuscaloosa|tuxtla gutierrez|tuzla|tver|tychy|tyler|tyre|uberlandia|ubud|udaipur|uddevalla|udine|
udon thani|ufa|ujjain|ulm|ulsan|ulyanovsk|umea|upper hutt|uppsala|urumqi|uster|usti nad labem|
utica|utrecht|utsunomiya|uyo|uzhhorod|vaasa|vadodara|valdivia|valence|valencia|valladolid|vallejo|
valletta|valparaiso|vanadzor|vancouver|vantaa|varanasi|varazdin|varese|varna|vasai|vasteras|vaxjo|
vejle|velenje|vellore|venezia|venice|venlo|ventura|veracruz|verona|versailles|verviers|vevey|
viborg|vicenza|victoria|victorville|viedma|vienna|vientiane|vigo|vijayawada|villach|villahermosa|
villavicencio|vilnius|vina del mar|virginia beach|visakhapatnam|visalia|viseu|vitebsk|viterbo|
vitoria gasteiz|vladivostok|vlore|volgograd|volos|voronezh|vung tau|waco|wagga wagga|waltham|
warangal|warren|warri|warrington|warrnambool|warsaw|warszawa|washington|waterbury|waterford|
waterloo|watford|weifang|weimar|wejherowo|wellington|wells|wels|west covina|west palm beach|
west valley city|westminster|weymouth|whangarei|wheeling|whitehorse|wichita|wichita falls|wielun|
wien|wiener neustadt|wilmington|windhoek|windsor|winnipeg|winston salem|winterthur|wodonga|
wolfsburg|wollongong|wolverhampton|worbis|worcester|wrexham|wroclaw|wuhan|wuppertal|wurzburg|wuxi|
xalapa|xiamen|xian|yakima|yamoussoukro|yangon|yantai|yaounde|yaroslavl|yazd|yekaterinburg|
yellowknife|yerevan|yogyakarta|yokohama|yongin|yonkers|york|youngstown|yuma|yverdon|zaanstad|
zabrze|zadar|zagazig|zagreb|zahle|zalaegerszeg|zamboanga|zamora|zanzibar|zapopan|zaporizhzhia|
zaragoza|zaria|zarqa|zhengzhou|zhongshan|zhuhai|zhytomyr|zielona gora|zilina|zlin|zoetermeer|zug|
zugdidi|zurich|zvolen|zwickau|zwolle|екатеринбург|казань|киев|минск|москва|новосибирск|самара|
санкт петербург|харьков|
上海|京都|北京|大阪|广州|東京|深圳|부산|서울
"""
