"""More surnames in Latin letters, beside those of `people`, and names in other scripts.

Literal data: read by `tools.scan_rule_sets.dictionaries` and nobody else.
"""

SURNAMES = """
aalto aas abadi abbas abbasi abdi abe abreu achterberg acosta adamczyk adamek adamik adamopoulos
adeyemi adkins adler agarwal agrawal aguero aguiar aguirre ahlberg ahlers ahmadi aho ahonen
aiello akbar akerman akhtar akin aksoy aktas alba albers albrecht alcantara alderson aleksic
alexandre alfaro alfonso alinejad allain allard allison almeida almonte alonso altamirano
altmann alvarado alves amador amaral amato ambrosio amendola amin amoroso anand anders anderssen
andrade andre andreasen andreassen andreev andreeva andric angelopoulos angelov angelova
anggraini ansari antal antunes aoki appel aquino arai aranda araujo araya arce archer arellano
arena arenas arias arikan arnaud arora arriaga arroyo arslan asante ashby ashworth aslan assis
atanasov ates atkinson aubert aubry auer augustin avery avila ayala aydin aziz babic bach
bachelet bacher bachmann badea baez bagheri baier bajwa bakker bakos balan balazs balogh ban
banda banerjee bang bansal baran baranov baranowski barbieri barbosa barbu bardot barlow barone
barreiro barrera barreto barrientos barron barros barry barta barth bartl bartolini bartos
barzani basile bassi basso bastian bastos batista battaglia baudin baum bautista bayer bayraktar
beattie beaulieu beaumont becerra becher bechtel bedard begum behrend behrens beier bekele
belanger belik bellini bello beltran ben benali benavides benedetti benitez benito benjamin
benko bentley bento beranek berardi bergeron berglund bergman bergstrom berkowitz bermudez
bernal bernardi bernier berthelot bertin bertrand bettencourt beyer bhatt bhattacharya biel
biermann bihari biondi birch birkeland bittner blackburn blackwell blaha blair blanchard
blanchet blanco blankenship blaschke blasco blum blume boateng bock bode boehm boer bogdan
bogdanov bohm bohn bolton bonetti bonilla bonnin bordes borgen borges borowski borrego bos bosch
bosco bose bosman botha bouchard boucher bouchet boudreaux boulanger bourgeois bouvier bouzid
boyle bozic bracken bradford bradshaw braga brahimi branco brandao brandl bratu bravo breton
breuer brinkmann brito britton broberg brock brodeur brody bronson brouwer browning bruggeman
bruhn brun brunet brunner bruun buch bucher buchholz buckley budiman bui buiten bulat bulut
bunch burch burger burgos burkhardt burnham burt busch busse bustamante butt byers byrne
caballero cabral caceres cahill cai calabrese caldera calvert calvo camacho camara camp campana
campo can canales candido cano cao caputo caraballo carbone cardenas cardoso carey carlisle
carlsen carlsson carmona carneiro caro caron carpentier carrasco carre carrera carrillo caruso
carver casanova casas cascio casey castaneda castellano castellanos castelli castelo catalano
catania cattaneo cavalcante cavalli cazares celik cerna cerny cervantes cetin chacon chae chaix
chakraborty chamberlain champagne chand chaney chaudhary chaudhry chauvin chavan cheung
chevalier chiang chiesa childers childs chin chinwe chiu cho choudhury chowdhury christ
christian christiansen christie christodoulou chu chua chung churchill cisneros cisse clausen
clayton clement clements cleveland cline cobb cochran coelho cohn coker colbert cole collet
collier colon combs compton conde conley connell connelly connolly conrad conti contini conway
cooke cooley coombs coppola corbett cordeiro cordero cordova corey corona coronado corral correa
correia corsi cortes cortese cortesi cosgrove cossu costello cote cousin couto cowan coyle
crespo croft crosby crouch cruz csonka cuevas cullen culver curran currie czarnecki dabrowski
dahl dahlberg dahlgren dalgaard dam damico damm daniel danielsen danielsson darby das dasilva
datta daugherty david davila de-leon debs decker dekker del delacruz delaney delarosa deleon
delgado deluca demir demirci deng denton desai deschamps desjardins detlefsen deutsch devi
devine devries dhillon dia diallo dias dickens dickerson dickinson dickson diehl diep dietrich
dietz dijkstra dimitrov dimitrova dimopoulos ding dinh diniz dion diop diouf disla djordjevic do
dobbs dobrev dogan doherty dolan dolezal domanski domingos domingues donahue donaldson donato
donnelly donovan dorfman dorsey dos-santos dougherty dow dowd downing downs doyon dragomir
draper drescher dreyer driessen driscoll duarte dubey duda dudek dudley duffy dufour dugan
duggan dumas dumitrescu dumitru dumont dunlap dunning duong dupuis duque durant durham dusek
dutra dutta duval dvorak dvorakova dwyer dyer dziedzic eason easton ebert eckert eder edlund
edmonds egan egger eggers ehlers ehrlich eich eichhorn einarsson ek ekberg eklund ekstrom elias
elkins ellison elmi elsner emerson emery engel engelhardt engen england engstrom enriquez
erdogan erhardt eriksson ernst ersoy escobar espinosa esposito esteves estevez etienne
evangelista everett ewald ewing faber fabian fabre fagan falcone falk fan farah faria farkas
farley farooq farrell farris faust favre fazio fehr felber feldman felix fellner feng fenton
ferber ferman fernando ferrante ferraro ferreiro ferrer ferrero ferretti ferro fiala fichtner
fiedler fierro filip filippov finch fink finley finn fiore fischer fish fisk fitzpatrick
flanagan flanders floyd foley fonseca fontaine fontana fontes forbes forde forsberg fortier
fortin fortuna foss foster fournier fraga franca franke franklin franks franz franzen fraser
frayne frederick frederiksen freitas french frey fric frick fried friedman friedrich fries
fritsch fritz frye fu fuchs fuentes fuhrmann fujii fujimoto fujita fujiwara fukuda fulton funk
furlan furst gabler gabriel gaddis gaertner gaetani gagne gagnon gaines galarza galindo gall
gallardo gallegos galli gallo galvan galvez gama gamble gan gandhi gao garber gardiner garibay
garner garza gaspar gaston gatti gauthier gautier gavin gebhardt geier geiger geisler gentile
gentry georgescu georgiev georgieva gerard gerber gerlach germain ghosh giannini giannopoulos
gibbons gibbs gilbertson gilchrist giles gill gilles gillespie gilliam gilmore gimenez giraud
giroux giuliani glaser glaw gleason glenn gloor gluck gobel goddard godfrey godinez godwin goetz
goff gogh goh goldman goldstein golob golubev goncalves goncharov gonsalves gonzaga goode gooden
goodrich gorman gorski gottlieb gould goulet gouveia grabowski grady graf granados granger
grassi grau gravel grazi greco greenberg greenwood gregersen gregg gregory greiner grenier
grieco grier grigorescu grigoriev grimaldi grimes grimm groen grondin gros grosse grosso groth
grover gruber grunwald gu guan gudmundsson guedes guerin guerra guerreiro guevara guidi guillen
guillot guimaraes gunawan gundersen gunn gunther guo gurung gustafson gustafsson guthrie gutmann
guy guyot haaland haas haase haavisto habib hadley hadzic hagan hagen hager hahn hakala halder
haley halvorsen hamada hamann hamid hammer hammond hanley hannan hanssen haq hara harada harder
hardin harding hardt hargrove harju harman harms harper harrell hartley hartman hartwig harvey
hasan hasegawa hashemi hashimoto hassan hassani hatfield haugland hauser havel hawk hawley
hayashi hayden hays he hebert hecht hedberg hedlund heikkila heikkinen hein heine heinemann
heinen heinrich heinz heinze heise held helgesen heller helms hempel hendricks hendrix henning
henningsen henriksen henriksson henriques henry hensley hentschel hepburn herbert herbst heredia
herman hermann hermans hernandes herold herr herring herrmann hershberger hess hesse hester
heuer hewitt hickman hidalgo higashi hilbert hildebrand hildebrandt hilton hines hinton hintz
hirano hirsch hirvonen hjort hlavac ho hoang hobbs hodge hodgson hoel hofer hoff hofman hogan
hohmann holcomb holden holguin hollis holloway holmberg holmgren holmstrom holst holub holzer
hong hooper hoover hopper horak horne horner horvat horvath hoskins hossain hou houle howard
howe howells hoyt hrabal hruska hsieh hsu hu hua huerta huffman hughes huhn hulme human hume
humphrey humphries hung hunziker hurley hurst hurtado hussain hussein hutchinson hutton huynh
hwang hyde iacob iannone ibanez ibarra iglesias ignatiev ikeda ilic iliev ilievski imai iniesta
inoue ionescu iqbal irvin irvine irwin isaac isaacs isaksen isaksson ishida ishii ishikawa islam
ismail ito ivanovic ivarsson iversen iverson iwasaki jablonski jackman jacob jacobi jacques
jaeger jafari jager jahn jaimes jain jakobsen jakobsson jang janicki janik janka jankowski
janousek jansons jaramillo jarvis jasinski jaworski jean jedrzejewski jefferson jeffries jenner
jennings jeon jeong jerome jevtic jiang jin jirasek jo jochum joensen johannesen johannessen
johannsen johanson john johns johnsen jokinen joly joshi jovanovic joyce joyner juarez judd jung
junker jurado jurgens kacar kaczmarek kaddour kahl kahn kaiser kalinowski kallio kalogeropoulos
kamara kaminska kanda kane kang kangas kaplan kapoor kapp kara karagiannis karimi karjalainen
karlsen karlson karlsson karpov kasper kato katsaros katz kauffman kaufman kaufmann kavanagh
kawaguchi kawasaki kay kaya kazemi kearney keating keegan keen keenan kehoe keita keith kekkonen
kelemen kelleher keller kemp kemper kendall kent kern kerr kessler ketola khalid khalil khan
khanna khatib khatun khoury kidd kiefer kilian kilic kilpatrick kimball kimura kinney kinsey
kipp kirby kirchner kirk kirkpatrick kirsch kish kiss kivela kjaer klassen klaus klemm klim
kline klinger klug knapp knoll knowles knox knudsen kobayashi koch kocian koenig kofler koh kohl
kohn koivisto koka kolar kolarov kolb kondo kong konig koning konstantinidis kontos koopman kopp
korhonen korpela koski koskinen kosmas kostic kostka kostov kotze kouame kovac kovacevic kovacic
koval kovalchuk kovalenko kowalczyk kowalska kozak kozlowski kraft krall krantz kratochvil kraus
krausz kravchenko krebs kremer kress kristensen kristiansen kristjansson kristoffersen krog krol
kroll kroon krueger krug kruse kryger krzeminski kubiak kubicek kubik kubota kuhn kuiper kuipers
kukk kulkarni kunz kunze kuo kurtz kurz kuusisto kuznets kwan kwiatkowski kwok kwon kyle labbe
lacey lachance lacroix ladner lafleur lafontaine lagerqvist lahti lai laine laitinen lal lamas
lambrecht lamont lamoureux lancaster lanclos landers landry langdon lange langford langley lantz
lapierre laplante lapointe lara larkin larocque larose larssen larue laszlo latham lau laub
laughlin laur laurent laurin lavallee lavigne lavoie law lawler lawless lawton layton lazar
lazaro lazarov lazic leach leal leary leavitt lebeau lebedev lebel leblanc leblond lebrun
leclerc leclercq lecomte ledesma leduc leeuw lefebvre lefevre legrand lehner lehtinen lehtonen
leite leitner lemaire lemay lemieux lemke lemos lenz leonardi leone lepage lepisto lerner leroux
lesniak lessard lester letourneau leung levesque levin levine levy lewandowski lewin liang lieb
liebig lim lima lin lind lindahl linder lindgren lindholm lindqvist lindsay lindstrom ling linke
lippert lira lisboa litvin liu ljungberg llamas llorente lo lobato lobo locke lockhart loewe
lofgren loftus lombard lombardi lombardo londono longo lopes lorentzen lorenz lorenzo loureiro
lovato loyd lozada lozano lu lubin lucero lucia luciano ludwig luis lujan luk lukic lund
lundberg lundgren lundin lundqvist lundstrom luo lupu lutz luz lykke lyon lysenko ma maas maass
mabry macdonald macedo machado macias mackay mackey maclean macleod madden maddox madeira
madrigal madsen maes magalhaes magana magnusson maguire mahajan maher mahlangu mahmood mahmoud
mahoney mai maia maier mair majewski makela makinen makris malinowski malley malmberg malone
maloney mancini mancuso manfredi mangum manley manning mannino manriquez mansour manzo marais
maranon marble marcelo marchand marchetti marcinkowski marconi marcus marek margolis maria
mariani marin marinescu marini marinov marinova marinovic marion markov markovic markus marley
marlow marques marquez marquis marrero marroquin marsden marseille martel martell martens marti
martinelli martini martino marx marzano masek masood massey masters mata mateo mateos mather
mathews mathieu mathis mathur matias matos matsuda matsui matsumoto matsuo matthes matthiesen
mattila mattson mattsson maurer mauro maxfield mayer mayers mayes mayfield maynard mayo mazur
mazurek mazza mcallister mcbride mccabe mccain mccall mccann mccarty mcclain mcclellan mcclure
mcconnell mccormack mccracken mccray mccullough mcdermott mcdonnell mcdowell mcelroy mcfadden
mcfarland mcgill mcgovern mcgowan mcgrath mcgraw mcgregor mcguire mcintosh mcintyre mckay mckee
mckenna mckenzie mcknight mclain mclean mcleod mcmahon mcmanus mcmillan mcnally mcnamara mcneil
mcneill mcpherson mcqueen meadows meeks mehmeti mehra meijer meister mejias mele melendez melgar
mello melnyk melo melton melville menard mendes mendonca meneses menon mercado mercer mercier
merino merkel merrill merritt mertens merz meszaros metcalf metz metzger meunier meyerson mezei
miah michalak michalski michel michels michelsen mihailov mihajlovic mihalik mikhailov mikkelsen
mikkola miklos mikulski milani milano milanovic milic miljkovic millard millet milligan million
milne milner milosevic min miner minh minton miron mirza mishra misra mistry mitra mitrovic
mitsotakis miura miyazaki mizuno mladenov moberg moe moen mohamed mohammadi mohammed mohan mohr
moita molina molinari moller molloy molnar moncada monk monroe monsen montague montalvo
montanari montano monteiro montenegro montero montes montgomery montoya moody mooney moos mora
moraes moravec moreau morel morello mori morimoto morin morita morkov moroney morozov morrissey
morrow mortensen moser moses moshe mota moura mouton moya moyer mraz muhammad muhlbauer muir
mukherjee mukhtar mulder mullen muller mulligan mullins muniz munro munson murakami muraoka
murata murdock muresan murillo muro murrell musa muscat musil mustafa myhre myllyla myrvold
nadal nadeau nagel nagy naidoo naidu nair najjar nakagawa nakajima nakamura nakano nam nance nap
napoli narayan nascimento nash naumann nava navarra navarrete nawaz nawrocki naylor ndiaye
ndlovu neal neale necker nedelcu negrete negri negron neill neilsen nemec nemeth neri nesbitt
ness neto nettles neuhaus neuman nevala neves neville newby newell newsome ng ngo ngoc nguema
nicholls nicholson nick nickel nicolai nicolas nicolau niemann niemeyer niemi nieminen nieto
nieves nikolaev nikolaidis nikolic nikolov nikolova nilsen nishida nishimura nissen nita nixon
nkosi nobel noel nogueira nolan noll nolte noonan norberg nordberg nordin nordstrom norgaard
noriega norlund northrup norwood noto nova novakova novakovic novy nowakowski nowicki nunes nunn
nurmi nwosu nyberg nygaard nygard nyman oakes oakley oberg obrien ocampo ochieng ochoa oconnell
odell odom odonnell oduya offord ogawa ogden oh ohara okada okafor okamoto okeefe okeke okoro
okoye olah oldham olivares olivera olivier olivieri olivo olofsson olsson omalley omar ondrejka
oneal oneil oneill ono onyango oommen opitz oppong ordonez orlandi orlando orlov orosz orourke
orozco orr orsini orta ortegon orth osborn oshea osman osorio ospina osterberg ostergaard
ostrowski osullivan oswald otero othman otieno ott otto ouellet ouellette owusu oyama ozcan
ozdemir ozkan ozturk paananen pace pacheco pagano paige paiva pajunen pak pal palacios paladino
pallas palma palmieri palomino panagopoulos pandey pang panos pantoja papadakis papadopoulos
papadopoulou papageorgiou pappas paquette pardo paredes parent parenteau parikh paris parkinson
parmar parra parrish partanen pasanen pascual pastor pate patil patricio patrick patterson
pavlov pavlova pavlovic pawlak pawlowski paz peacock peck pedersen pederson pedroza peeters
pellegrini pellegrino pelletier peltier peltola peltonen pendleton penner pennington peralta
percival perdomo pereira perera perreault perrin perron perrone perrot perry persson peter
petersson petkov petkova petkovic petr petrescu petrova petrovic petry pettersen pettersson
petty pfeifer pfeiffer pham phan phelps philippe phillip piccolo pichler pichon pickett pieper
pierre pietersen pietrzak pilgaard pilz pineda pinheiro pinho pinkston pino pinto piper pires
pirez pisani pitt pittman pitts plante platt plaza pleskot plourde pock podolski pohjola pohl
poirier poisson polanco poland polat polk pollack pollard pollock poma ponce popa popescu
popovic popp porras porsche portela porterfield portillo posada poulin poulsen pozo prado
prajapati prasad prashar prater preda prentice prescott preston preuss prevost prieto pritchard
privett probst prochazka proctor proulx provost pruitt pruneda pryor przybylski ptacek puig
pulido puri purnell purvis putnam puttonen qian qiu quach queiroz quevedo quigley quinones
quintana quintero quiroga quiroz raab rademacher radev radic radu raghavan rahimi rahman rainer
raja rajan ralston ram ramadan raman rambo ramdani ramey rana randall randolph rangel ranta
rantanen rao rapp rasheed rashid ratliff rau rauch rausch ravn rawlings raymond rayner raynor
razavi rea reagan reardon rebelo redding reddy redmond reeder rees regan rego rehak rehman reich
reichert reimann reimer rein reinhardt reinhart reinholt reis reiss reiter remmel renard renaud
renner renteria reuter rey reyna reznik rhee ribas ricard ricciardi richard richmond richter
rico riddle ridley rieder riegel riemer ries rigby riggs righi riise rinaldi ringer rios ripley
risse ristic ritchie ritter rivard rivas riviere rizzi rizzo roach roberge roberson robert
roberto robichaud robles robson roca roche rocher roderick rodrigue roe roger rohde rohr rojo
roldan rolle rollins romeo romer romijn ronning rood rooney rosa rosado rosales rosas roscoe
rosenbaum rosenberg rosenthal roson rossetti rosso rossum rost roth rothman rouse rousseau
roussel rowland rowley rozman ruan rubin rubino rubio rucker rudd rudolph rueda ruff ruffin
ruggiero ruiter rundgren runge rupp rusnak russel rust ruth rutherford rutledge rybak ryder
rytkonen saar saarinen saavedra sabatini sable sabo sacchi sachs sader sadler saeed saenz saez
saha sahin said saini sainz sakai sakamoto saks sala salas salcedo saldana saleh salem salgado
salim salinas salisbury salmela salmi salmon salo salonen salter saltos salvatore salvi salzmann
sampaio sampson samuels samuelsen samuelsson sanabria sandberg sandell sanders sandhu sandstrom
sanford sanger sanna sanson sansone santamaria santana santoro santos sapp saraiva sargent
sarkar sarmiento sarno sasaki sather sauve savage savard savas savic saville savoie sawyer
saxena saxon sayed scalia schaaf schade schafer schaffer schaller scheffer schell schenk scherer
schick schiller schilling schindler schlegel schlosser schmid schmitz schmuck schneider schober
scholl scholten scholz schott schrader schramm schreiber schroder schroeder schubert schuette
schuler schulte schultze schumacher schumann schuster schutte schwab schwartz schäfer seaman
sears seeger segovia segura seidel seidl seifert seiler seitz selby selin seller sellers semenov
semenova sena sepulveda sequeira serra serrao sethi severin severinsen sewell sexton seymour
shaffer shah shaikh shane shank shannon shapiro sharif sharpe shea sheehan shelby shen shepard
sheppard sheridan shi shields shimizu shin shipley shirai shoemaker shrestha shum siddiqui sidhu
siegel sieger siemens sierra sigurdsson sikora silber silveira silverman silvestri simard
simeonov simic simkins simko simms simon simonds simone simonen simonsen simonyan sims sinclair
singer singleton sinha sipos sirois siskind skaar skaarup skaggs skala skelton skinner skoog
skov skovgaard sladek slater slattery slavik sloan smalls smeets smit smits smyth snell soares
sobczak sobel sokol sokolov sokolova sokolowski solano solberg soler solomon soltani sommer
sommers sonne sonnier soria soriano sorrentino sosa sotelo soto soucy southern sow spangler
spann sparks spears speer spence sperling spiegel spinelli spivey springer squire sramek
srivastava stafford stahl staley stamm stanek stanford stanton staples starr stasiak staub
steele steen stefan stefani stefanov stefanovic steffen stein steinberg steiner steinmetz
stenberg stepanek stepanov stephan stephenson sterling stern stevenson stiles stoica stojanovic
stoker stoll stolz storr stoyanov stratton strauss strobel strom stroud stuart stubbs stump
sturm styles suarez suhr sullivan sultan sumner sundberg sunde sundstrom susanto suter
sutherland svendsen svensen svoboda svobodova swain swan swart sweeney swenson syed sykes
sylvester szabo szalai szczepanski szekely szewczyk szilagyi szucs szymanski tabor tackett taha
tahir takacs takahashi takeda talbot talley tamm tan tanaka tanase tang tanner tapia tardif
tardy tariq tarr tatum tavares taveras tay teague teixeira tejada tejeda tellez teng teo terrell
terzi tessier tew thakkar thakur thanh thao theriault thibault thibodeau thiel thiele thielen
thies thiessen thoma thompsen thoms thomson thorne thorpe thorsen thorup thurman thygesen tian
tibbs tiedemann tierney tiihonen tijerina tillman timm timmermans timmons ting tiwari tobias
tobin todorov todorova todorovic toffoli togashi toledo tolentino tollefsen tolonen toma tomas
tomasek tomasi tomic tomlinson tompkins torgersen torkelson torma tornqvist toro toscano toth
toussaint tovar townsend tracy trager trainor trammell tran traore travis trejo tremblay trent
trevino triantafyllou trinh triplett tripp trujillo truong tsai tsang tse tseng tucci tucker
tudor tuominen turan turcotte turk turkmen turley tuttle tvedt tyler tyson uddin ueda ueno uhl
ulrich umar underwood unger uotila upton urbanek uribe ursu usman utley uysal uzun vaccaro
vachon vail vaillancourt valadez valente valentin valentine valentini valenzuela valerio valero
valle vallejo valles valverde vance vandenberg vandermeer vanderwal vanek vang varela varga
vargas vasconcelos vasile vasiliev vasques vaughan vaz veen vega vela velarde velasco velasquez
velazquez velez venables venter ventura vera verdi verdugo verhagen verhoeven verma vermeer
vermeulen vernon verona vesely veselý viana vianna vicente vick vickers vidal vieira viera vigil
vila vilela villa villalba villalobos villanueva villareal villarreal villegas villeneuve
vincent vinson viola virtanen visser vitale viteri vitt vives vlad vlahos vo vogt voigt volk
volkova vollmer volz vos voss vrabec vries vu vukovic wade wagener wahl wahlberg waite wakefield
walczak wald walden waldman wallin wallis walton wan wang warburton warman warrick wasilewski
watkinson watt wawrzyniak webber webster wechsler wedel wegener wegner wehner wei weidner weigel
weil weiland weiler weinberg weiner weinstein weir weis weise weiss weller wellman welsh wendel
wendt weng wenger wentz wenzel werth wesley wessel wessels westberg westerberg westermann
westphal whalen whaley wheatley whelan whitaker whitehead whitfield whiting whitley whitlock
whitman whitney whittaker whittington wicks wiegand wieland wiener wiese wiggins wiklund wilcox
wilde wiley wilhelm wilkerson wilkes wilks willard wille willems willett willey william
willoughby willson wimmer winchester winslow winston winters wirth wiseman wisniewski witek
witkowski witt witte wittmann wojciechowski wojcik wolff wolfgang wolford wolski wolter womack
wong woodall woodard woodruff woodson woolf woolley workman worley worthington wozniak wulf
wunderlich wurst wyatt wynn xiao xie xiong xue yadav yamaguchi yamamura yamashita yan yanez yang
yao yarbrough yau yazici ybarra ye yeager yearwood yeh yen yeo yi yilmaz yin yoder yoo yoon york
yoshida yoshikawa yost youngblood younis youssef yu yuan yuen yun yusuf zabala zachariah zafar
zahn zajac zak zaman zambrano zamora zamorano zanella zanetti zang zapata zapf zarate zavala
zawadzki zayas zeitler zelaya zelenka zeller zeman zeng zepeda zhai zheng zhong zhou zhu
ziegenhagen zielinski zimmer zimmerman zink zito zivkovic zorn zorrilla zou zubair zuber zubov
zuniga zurita zwart
"""

OTHER_SCRIPTS = """
άννα αγγελική αθανάσιος αικατερίνη αλέξανδρος αναστάσιος αναστασία ανδρέας αντώνιος βασίλειος
βασιλική γεωργία γεωργίου γεώργιος δέσποινα δήμητρα δημητρίου ειρήνη ελένη ευάγγελος ευαγγελία
ευφροσύνη ηλίας θεόδωρος ιωάννα ιωάννης ιωάννου κωνσταντίνα κωνσταντίνος κωνσταντίνου μαργαρίτα
μιχαήλ νικολάου νικόλαος πέτρος παναγιώτα παναγιώτης παπαδοπούλου παπαδόπουλος παρασκευή σοφία
σπυρίδων στέφανος σταύρος χρήστος χριστίνα абрамов авдеев агафонов аделина айгуль александра
алексеева алена алина алла альберт альбина анатолий ангелина андреев андреева анжела антонина
антонов антонова аркадий арсений артем артемий афанасьев баранов белов белова беляев богдан
богдана бондаренко борисов быков вадим валерий валерия варвара василиса василь вероника
виноградов виолетта влада владислав владислава власов воробьев воронин всеволод вячеслав
гаврилов геннадий георги георгиев георгий герасимов глеб голубев горбунов григорий гришин гусев
давыдов дана данил данила данилов денисов димитров димитър дмитриев добромир драган евдокия егор
елизавета ершов ефим жуков зайцев зайцева захаров зинаида злата зоя зуев иванка иванова игнат
илона ильин инна иосиф исаев казаков калинин карпов катерина киселев клавдия ковалев коваленко
коваль козлова колесников комаров комарова кондратьев кононов константин королев кравченко
кравчук кристина крылов кудрявцев куликов лазарев лев леонид лидия лысенко любов любовь майя
макаров максимов марат маргарита марко марков мартынов марія матвеев матвей медведев мельник
мельников милан мироненко миронов мирослав мирослава митрофан михайлова морозова надія назар
наталия наталія некрасов нелли никитин николаев николаева николић нина носов оксана олександр
олександра олексій олена орлов осип осипов остап панов пелагея петр петренко петро петровић
полина поляков пономарев прасковья прокофьев прохор прохоров раиса регина ринат родион роза
роксолана романов руслан руслана рыбаков рябов савва савельев савченко самойлов селезнев семен
семенов семенова семён серафима сергеев сергеева сергій соболев соловьев сорокин станислав
степанов стефан стоянов суханов сухов таисия тамара тарас тарасов терентьев тимофеев тимофей
тимур титов тихонов тодоров третьяков ульяна ушаков фаина федор федоров федір филипп филиппов
фома фомин фролов харитонов христина чернов шевченко шевчук шестаков ширяев щербаков эдуард
элеонора эльвира эмма юдин юлиан юліана юлія яковлев якушев ян ярослав ярослава ірина јовановић
անի աննա արամ արմեն գայանե գոռ դավիթ լիլիթ հայկ մարիամ նարեկ տիգրան אברהם אורי אזולאי אחמד אילן
איתי אלון אסתר אריאל ביטון גיא דהן דוד דניאל חנה טל יונתן יוסף יעל יעקב יצחק כהן לאה לוי ליאור
מוחמד מזרחי מיכל מרים משה נועה נועם עומר עמית פרידמן פרץ ציפורה רבקה רון רות רחל שירה שרה תמר
آرش آرمان آمنة آية أحمد أسماء أمل أمير أمين أمينة أنس أنور إبراهيم إسماعيل إيمان احمدی الأحمد
الحسن الحسين الخطيب العلي المصري النجار امید امیر بدر بسام بشار بلال بهرام بهمن تامر جاسم جعفری
جمال جميل جواد حاتم حامد حبيب حداد حسام حسن حسين حسین حسینی حكيم حليمة حمد حمزة حنان حيدر خديجة
خليل خوري داریوش دانا داود دعاء دلال دينا رائد راشد رامي رانيا رحمة رحیمی رشيد رضا رضایی رغد رنا
رياض ريم زكريا زهرا زياد زيد زینب سارا سالم سامي سامية سعاد سعد سعود سعيد سلطان سلمان سلمى سليم
سليمان سمير سميرة سمیرا سناء سهام سوسن شادي شريف شيماء صادقی صالح صباح صفاء صلاح ضياء طارق طاهر
طلال عادل عاطف عامر عباس عبد عبدالرحمن عبدالعزيز عبير عثمان عدنان عزيز عصام عفاف علاء علی عماد
عمار غادة غسان فادي فارس فاروق فاطمه فايز فرح فرهاد فريد فهد فوزي فيصل قاسم كريم كمال لبنى لينا
لیلا ماجد مازن مالك ماهر مجدي مجید محسن محمد محمدی مراد مروان مروة مریم مسعود مشعل معاذ منصور
منى منير مها مهدی مهران موسوی موسى ميساء مینا نادر نادية نازنین ناصر نبيل نجلاء ندى نرگس نسرين
نعيمة نهى نوال نورة نیما هاشمی هاني هبة هدى هشام هند وائل وداد وليد ياسر ياسمين ياسين يحيى يسرى
پریسا پویا کامران کریمی کیان अग्रवाल अजय अनिल अनीता अमित अशोक कदम कविता कुमार खान गीता गुप्ता
चौहान जाधव जोशी ज्योति दास दीपक नेहा पंकज पटेल पवार पाटील पूजा प्रिया मनोज महेश मिश्रा मीना
मेहता यादव रमेश रवि राकेश राजेश राधा राहुल रेखा वर्मा विकास विजय शर्मा शिंदे शेख श्रेष्ठ संजय
सिंह सीता सुनीता सुनील सुरेश กานดา นภา ประเสริฐ มาลี วิชัย สมชาย สมศักดิ์ สมหญิง สุดา อรุณ ანა
გიორგი დავით ზურაბ თამარ თეა ირაკლი ლევან ლუკა მაია მარიამ ნანა ნიკა ნინო くみ子 さゆり 七夏 三浦
中山 中島 中川
中村 中野 井上 伊藤 佐々木 佐藤 何 余 修平 健一 充 刘 前田 劉 加藤 千代 原田 吉田 吳 吴 周 和也
和田 坂本 太一 太田 太郎 学 小川 小林 小野 山下 山口 山崎 山本
山田 岡本 岡田 幹 康弘 張 後藤 拓真 斉藤 斎藤 明美 晃 智也 曾 木村 李 村上 杨 松本 松田 林 桃子
森 楊 橋本 池田 洪 浩 涼平 清水 渡辺 王 田中 田村 直子 直樹
真綾 知実 石井 石川 石田 福田 稔 竹内 篤司 簡 美加子 翔太 舞 花子 蔡 藤井 藤原 藤田 裕美子 西村
許 謝 赵 趙 近藤 遠藤 郭 鄭 里佳 金子 鈴木 長谷川 阿部 陈 陳
陽一 陽子 零 青木 香織 高橋 黃 黄 강 고 권 김 미영 민준 박 서 서연 성민 송 신 영희 오 윤 은주 이
임 장 정 조 지영 지훈 철수 최 한 현우
"""
