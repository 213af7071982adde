"""More given names of Europe, the Americas and western Asia, beside those of `people`.

Literal data: read by `tools.scan_rule_sets.dictionaries` and nobody else.
"""

GIVEN_NAMES = """
aaliyah abbie abby abdel abdelkader abdullahi abhishek abimbola ada adaeze adebayo adel adela
adelheid adelina aditi adnan adolfo adria agnese agnieszka agustin aida aija aileen aimee ainhoa
aino airi aisling aitor ajay akiko akin akinyi alba alban albane alberta albin alda aldo alec
aleksander aleksi alessia alexandros alexandru alexia aleš alfons alfonsina ali alida alim aline
alisha alistair alojz alona alphonse althea alva alvaro alwin amadeus amara amarachi amaya ambre
amelie amin amira amirah ammar anabel anahi analia ananda anatole ancuta andrei andrej andreja
andrius andrzej anette ange angelina angeline angelo angus anibal anika aniket anil anina anisa
anish aniya anjana anki ankit annabel annalena anne-marie annelies annemarie annett annica
annika annukka anselm antero anthea antonella antonin anupama anwar aoife apolline ariadna arian
arif arman armin arnaud arno arnoldo aron arsene artur arvid arvind asger ashok ashraf asia asif
aslak asli asma assunta asta athanasios atilla aud augustin augusto augustus aurel aurelie
aurelien aurelio ausra austin avril axel aya ayaan ayan ayana ayanna ayla ayman aymeric ayu
azadeh azra babak bahar balint bao baptiste bara bartlomiej bartosz basil bastian bastien beata
beate beatrix behrouz bela belen belinda benedetta benedikt benita benjamim benno bente berenice
berit bernadett bernardino bernt berta bettina beyza bhavna bianka bibi bilal birger birgitte
birthe bjarne bjork blaise blanca blandine blanka blazej boglarka bogumila bohdan bojan bojana
boleslaw bonifacio borislav borja boyan bozo bram branislav branko brenda brenna briana brianna
bridget brigid brigita brigitta brigitte brit britt britta bronislaw bronwyn brooklyn bruna
brunhilde brynn burak byron caetano caitlin caitlyn calum cameron camila camilla camille camilo
can candela candice candido carina carine carla carles carlo carlota carmela carmelo carmine
carol carola carole carolin carolina caroline carsten casper cassandra catalin catalina catarina
caterina cathal catharina cathrine catriona cecile cecilia cecilie cedric celeste celia celina
celine celso cem cemal cengiz cesar chandra chantal charlene charlie charlize charlotte chiamaka
chiara chidi chie chika chima chinedu chinwe chioma christel christelle christiane christiano
christina christophe christopher christos chukwu chun cian ciara ciaran cillian cinzia claire
clara clarice clarissa claudette claudia claudio claudiu clea clelia clemens clement clementine
cleo clive clotilde coen colette colm concepcion conchita conor constance constantin consuelo
cora coralie corentin corina corine corinna cornel cornelia cornelis cornelius corrado cosima
cosimo costel cristian cristiano cristina cristobal curro cyril cyrille czeslaw dag dagfinn
dagmar dagny daina dainius daisuke daiva dalia dalibor damaris damian damiano damien damir damla
dana danaé danica daniela daniele danijel danila danilo danuta daphne daria darian darijo dario
dariusz darko darragh darya david davide davit davor deanna debbie debora deborah declan deepa
deepak deepika deirdre delfina delia delphine demi denisa denise deniz dennis derya desiree
detlef devon dewi dhruv diana diane dick didier diego dieter dilara dilek dimitar dimitra
dimitri dimitrios dimitris dina dinesh dino diogo dirk divya djamel dmitri dmitrii doina dolores
domenico domingo dominic dominik dominika dominique donata donatella donato dong donovan dora
doreen dorian doriane dorina doris dorota dorotea dorothea dorothee dorte dragan dragana drazen
duarte dubravka duc dulce dung dunja dusan dwi dylan eamon ebba ebbe eberhard ebru ecaterina
eckart edda eddie ede edeltraud eden edgar edina edit edite edith edmond edmund edmundo edna
edoardo edouard eduard eduarda eduardo edwin edyta efthymios egil eija eileen einar eino eirik
eivind ekaterina ekrem elaine elba elda elena eleni eleonora eleonore elfriede eli eliana elias
elie elif eliisa elijah elin elina eline elio elisa elisabet elisabeta elisabeth elisabetta
elise eliseo elisha eliska elke ella elle ellen ellie ellinor elliot elmar elodie elof eloise
eloy elsa elsie elton elvira elzbieta emanuel emanuela emanuele emel emely emer emerson emil
emile emilia emiliano emilie emilio emily emma emmanuel emmanuelle emmi emre ena ender endre
enes engin enikő enrica enrico enrique enver enzo erdal erdem eric erica erich erick erik erika
eriko erin erkan erkki erling erna ernesto ernst errol erwan erwin erzsebet esa esad esben esma
esmeralda espen esperanza esra esteban estela estelle ester esther etelka ethan etienne etsuko
eugen eugene eugenia eugenie eugenio eulalia eunice eusebio eva evan evangelia evangelos evelien
evelin evelina eveline evelyn evelyne everett evert evgeni evgenia evi ewa ewan eyal eylem
eyvind ezequiel ezra fabian fabiana fabien fabienne fabio fabiola fabrice fabricio fabrizio fadi
fahad faisal falk fang fanni fannie fanny farah farid faridah farzana fatih fatiha fatimata
fatma fatou fatoumata faustino faye federica federico fedor felicia felicitas felicity felipa
felipe felix ferdinand ferenc fergus ferhat fermin fernanda fernando fevzi fieke fikret filip
filipa filipe filippo filiz finja finlay finn finnur fiona fionn fiorella firat flavia flavien
flavio flemming fleur floor flor flora florence florencia florent florentina florentino florian
floriana florica florin floris fotini fran franca france francesc francesca francesco franci
francine francis francisca francisco franciszek franck franco francois francoise franjo franka
frans frantisek franz franziska frauke fred freddy frederic frederica frederick frederico
frederik frederike fredrik frej freya frida frieda friederike friedrich fritz fulvio fumiko
gabor gabriel gabriela gabriele gabriella gabrielle gael gaelle gaetan gaetano gaia gail gaspard
gaston gavin gaye gebhard geert geir gemma genevieve gennaro genoveva geoff geoffrey geoffroy
georg george georges georgeta georgi georgia georgiana georgina georgios gerald geraldine
geraldo gerard gerardo gerd gerda gergely gergo gerhard gerlinde germain german gero gerrit
gertraud gertrud gertrude gerwin gheorghe ghislain giacinto giacomo giada gian giancarlo
gianfranco gianluca gianni gianpaolo gideon gil gilberto gilda gilles gina ginevra gino gintaras
giorgia giorgio giorgos giovanna giovanni gisela gisele giselle gitta gitte giulia giuliana
giuliano giulio giuseppe giuseppina gizem gladys glenda glenn gloria goce godfrey gokce gokhan
golda gonzalo goran gordana gosia gotthard graca graciela graham grazia graziano graziella
gregoire gregor gregorio gregory greta gretchen grete gretel griet grigore grzegorz guadalupe
gudrun guglielmo guido guilherme guillaume guillermina guillermo gul gulsah gunilla gunnar
gunter gunther gurpreet gus gustaf gustav gustave gustavo guy gwen gwenaelle gwendolyn gyorgy
gyula habib hadi hadiza hadley hafsa hakan hakim hakon halil halima halina halvor hamid hamza
hana hanako haneen hanna hannah hanne hannele hannelore hannes hannu hans hanspeter hao harald
hari haris harish harold harri harriet harro harsh haruka haruki haruto hasan hasna hassan hatem
hatice havva hayden heather hector hedda hedvig hedwig heidi heidrun heike heikki heiko heiner
heino heinrich heinz helen helena helene helga helge helle hellen helma helmer helmut heloise
hendrik hendrika henk henning henri henrietta henriette henrik henrike henrique henryk herbert
heribert herman hermann hermine hernan hester hideki hideo hieronim hilal hilary hilda hilde
hildegard hilma hind hiro hiroko hiroshi hiroto hiroyuki hisham hoang holger homer honor
honorata horacio horia horst hortense howard hristina hristo hubert hugh hugo hugues huguette
humberto hung husam huseyin husna hussain hussein huw huy hye hyun iain ian ianis iara ibolya
ibrahima ida idris ieva ignacio ignacy igor ihsan ikram ilaria ilda ildiko ileana ilhan ilias
ilie ilkay ilker ilkka ilona ilse iman imane imani imelda imran imre ina inaki ines inez inga
inge ingeborg ingegerd inger ingo ingrid ingvar ingvild inigo inka inmaculada ioan ioana ioannis
iole ion ionel ionela ionut irena irene ireneusz iria irina irma irmgard irving isa isaac isabel
isabela isabell isabella isabelle isadora isaiah isak isha ishaan isidora isidro isla ismael
ismail ismet isolde israel issa istvan itziar iulia iulian iva ivan ivana ivar iveta ivette
ivica ivo ivona ivonne ivor iwona izabela jaakko jaana jacek jacinta jackie jackson jaco jacob
jacopo jacqueline jacques jad jadranka jadwiga jaime jairo jake jakob jakov jakub jamal jameel
jamie jan jana janet janez janice janina janine janis janka janko janne jannik janos janusz jari
jarkko jarl jarmila jarmo jarno jaromir jaroslav jaroslaw jarrod jasmin jasmina jasna jason
jasper jaume javed javier javiera jayden jayne jean jeanne jeannette jeannine jedrzej jeff
jeffrey jelena jelle jemima jenna jennie jennifer jenny jens jeremias jeremie jeremy jeroen
jerome jeronimo jerzy jesper jesse jessica jesus jihye jill jim jimena jin jindra jindrich jiri
jiro jitka joachim joan joana joann joanna joao joaquim joaquin job jocelyn jocelyne jochen
jodie joe joel joelle joerg joern johan johana johann johanna johannes john joke jolanda jolanta
jolene jon jona jonas jonathan jone joni jonna joop joost jordan jordana jordi jorg jorge jorgen
joris jorma jorn jorunn jos josc jose josee josef josefa josefina josefine joseph josephine
josette josh joshua josiane josias josie josip josipa josue jouni jovan jovana joyce jozef
jozsef juan juana juanita judit judith judy juha juhani juho jukka jules julia julian juliana
juliane julianna julie julien juliet juliette julija julio julita julius juliusz jun juno jurgen
juri jussi justin justina justine justus justyna jutta juuso jyoti jyri kaan kacper kadir kai
kaisa kaja kalina kalle kamal kamala kamil kamila kamilla kamran kandace kang kaoru kara karel
karen kari karim karima karin karina karine karl karla karlis karlo karol karola karolina
karoline karoly karsten kasia kaspar kasper kata katalin katarina katarzyna kate katerina
katharina katherine kathleen kathrin kathryn kati katia katinka katja katri katrin katrina
katrine katy kay kayla kaylee kazimierz kazuki kazuko kazuo keiko keith keld kelsey kelvin kemal
ken kendra kenji kenneth kenny kenta kenzo kerem kerim kerli kerry kerstin kevin khadija khaled
khalid kian kiara kieran kiki kilian kim kimberly kimiko kinga kinsley kira kiran kirk kirsi
kirsten kirstin kirsty kishore kjell kjersti klaas klara klaudia klaus klemens klement knud knut
koen koffi kofi koji konrad konstantin konstantina konstantinos kornel kornelia kosta kostas
kostiantyn kourosh krasimir kreszenz kris kristaps kristen kristian kristiina kristin kristina
kristine kristof kristoffer krisztian krisztina krystian krystyna krzysztof ksenia kumiko kunal
kurt kwabena kwame kwasi kyle kylie kyriakos lacey ladislav laetitia laila laima lajos lakshmi
lalita lamar lamia lana lance lara larissa lars lasse laszlo latifa latisha lauge laura laure
laureen lauren laurence laurens laurent laurenz lauri laurie laurin lauro laurynas lazar lea
leah leandra leandro leanne leda lee leena leevi leif leila lelia lena lene leni lenka lennart
lennox lenny leo leocadia leon leonard leonardo leonardus leonid leonidas leonie leonor leonore
leopold leroy leslie leszek leticia leto levente levi lewis lex leyla leyre li lia liam liana
libby libor libuse lida lidia lidwina lieke lien lieselotte lieve ligia lil lila lili lilia
lilian liliana liliane lilli lillian lilly lilo lin lina linda linden lindsay lindsey linnea
lino linus liora lisa lisbeth lise lisette liss liv livia liza lizzie ljiljana llewellyn lloyd
lluis loic lois lola lone loni lora loredana loreen lorelei lorena lorene lorenz lorenza lorenzo
loreta loretta lori lorna lorraine lothar lotta lotte lou louella louis louisa louise lourdes
luc luca lucas lucia lucian luciana luciano lucie lucien lucienne lucija lucila lucille lucinda
lucio lucjan lucrecia lucy ludek ludger ludivine ludmila ludovic ludvig ludwig ludwik luigi luis
luisa luise luiz luiza luka lukas lukasz luke lulu luna lupe lutz luuk luz lwazi lydia lydie
lyle lylia lynda lyndon lynette lynn lynne maaike maarit maarten mabel macarena maciej maddalena
madeleine madeline mads mael maelle maeva magali magda magdalena magdolna maggie magne magnus
maha maheen mahesh mahmood mahmut mahnoor maia maija maik maike maikel maja makoto malak malcolm
malena malgorzata malia malika malin malina malte malwina mamadou mamoun mandla mandy manfred
manisha manjula manoj manolo manon manpreet mans mansour manuel manuela manuele mara marat marc
marceau marcel marcela marcelina marcelino marcella marcello marcelo marcia marcin marco marcos
marcus mareike marek maren margaret margareta margarete margaretha margarida margarita margaux
margherita margit margot margrethe margriet marguerite mari mariam mariana mariane mariangela
marianne mariano maribel maribeth marica marie marieke mariel mariela mariella marielle marietta
mariette marija marijan marijana marijke marika mariko marilena marilia marilyn marin marinela
mario marion maris marisa marisol marit marita marites marius mariusz mariya marjan marjo
marjolein marjorie marjut marketa marko markus marla marlena marlene marlies marloes marlon
marnie maroun marta marte martha marthe marti martina martine martino martti martyn martyna
marvin mary maryam maryse marzena masako masashi masato massimo matej mateja mateo mateus
mateusz mathew mathias mathieu mathilda mathilde mathis mathys matias matilda matilde mattea
matteo matthew matthias matthieu matthijs matti mattia mattias maud maude maura maureen maurice
mauricio mauritz maurizio mauro mavis maxim maxime maximilian maximiliano maximo maxine maya
mayra mayu mayumi mbali megan meghan mehdi mehmet mehwish mei meike meir melania melanie melati
melike melina melinda melis melisa melissa melker melody melvin memet mercedes meredith meret
merete merih merike merit merja merle merlin mert merve meryem meta mette mia miah micaela micha
michael michaela michal michalina michalis michel michela michele michelle michiel michiko mick
mieczyslaw miguel mihaela mihai mihail mihajlo mihaly miia mika mikael mikaela mike mikel
mikhail mikko miklos mikolaj mila milada milagros milan milana milena mileva milica milka milla
millie milo milorad milos miloslav milton mimi mina mindaugas mine minh minna minnie mira
miranda mircea mireia mireille mirela mirella miren miriam mirja mirjam mirjana mirka mirko miro
miroslav miroslawa mirosław misaki mitchell mitra mitsuko miu miyuki mladen modesto moeen
mohamad mohamed mohammad mohammed mohan mohd mohsen moira moises mojca molly mona monica monika
monique monir montserrat morag morgane moritz morten moshe mostafa mounir mourad moussa muhammad
muhammed mujtaba mukesh murat muriel musa mustafa mustapha myriam myrna myrto nabil nabila nada
nadeem nader nadezda nadia nadine nadir nadja naeem naima najat nan nana nanci nancy nandini
nando nanette nanna naoki naoko naomi naoya narcis narcisa naresh naser nasir nasreen nasrin
nassim natacha natalia natalie natalija nataliya natasa natascha natasha nathalie nathan
nathanael nathaniel navid navya nawal nayara nazan nazar nazlı ned neda nedim neea neele neema
neha neil nejla nele nelia nella nelli nello nelly nelson nemanja nena nerea nesrin nestor neus
neva nevena neville ngozi nia niall niamh nicanor niccolo nicholas nick nickolas nico nicola
nicolae nicolai nicolas nicole nicoleta nicoletta nicolina nida nidhi niels nigel nihal nik nika
nike niki nikita nikla niklas nikola nikolaj nikolaos nikolaus nikolay nikoleta nikolett
nikolina nikos nilay nils nilufer nima nina nino nisha nita nitin niv nives noa noah noel noelia
noelle noemi noemie nolwenn nongnuch nora norah norbert noreen norma norman nour noura nuala
nuno nuria nurul nyasha nydia obinna octave octavia octavian octavio odd oddbjorn odette odile
odin odysseas ofelia ohad oihane oisin okan oksana ola olaf olav olavi ole oleg oleksandr
oleksii olena oliver olivera olivia olivier olle olli ollie olof oluf oluwaseun olya omar omer
onder ondine ondrej onni onur ophelie orazio orhan oriana orietta oriol orla orlando ornella
orsolya oscar oskar osman osvaldo oswald oswaldo othmar otilia otis otmar ottavia otti ottilie
otto ottokar outi ove ovidiu owen oyvind ozan ozge ozgur ozlem paavo pablo paige paloma pamela
panagiotis paola paolo paquita parisa pascal pascale pascual pasi pasquale patrice patricia
patricio patrick patrik patrizia patrycja patsy paul paula paulette pauli paulina pauline
paulino paulo pavel pavla pavlina pavlos pavol pawel paz pedro peer peggy pekka pele pelin
penelope pepe pepijn per percy pere perla pernille perrine perttu pervin petar pete peter petra
petri petria petronela petros petrus petter petteri petya phil philip philipp philippa philippe
philomena phoebe phuong phyllis pia piedad pier piera pierangelo piergiorgio pierluigi piero
pierre pierrick piet pieter pietro pilar pille pinar pino piotr pirjo pirkko pirmin placido
polina polly pouya prabhu pradeep prakash pranav prasad praveen preben preethi premysl priit
priscila priscilla priska priya priyanka prosper przemyslaw puneet purificacion pushpa qasim
quentin querida quincy quinten quirin rabea rabia rachel rachele rachid rade radek radim radka
radko radmila radomir radoslav radoslaw radu rafael rafaela rafal raffaele raffaella rafik
raghav ragna ragnar ragnhild rahel rahim rahul raimo raimund raimundo rainer raisa raj raja
rajat rajesh rajiv rakel ralf ralph ram rama ramadan rami ramin ramiro ramon ramona ramune ramya
ran rana randi rania ranjit ranveig raoul raphael raphaelle raquel rares rasa rasha rashad
rashid rasmus rastko ratko raul raven ravi raya raymond raymonde raymundo razvan rea rebeca
rebecca rebecka rebeka rebekka recep reda refik regina reginald regine regis regula reha reidar
reidun reijo reiko reima rein reina reinaldo reiner reinhard reinhold reinier rejane rekha rell
rem remco remi remigio remigiusz remo remy rena renata renate renato renaud rene renee reni
renzo resul reto rex reyhan reyna reynaldo reza rhea rhian rhiannon rhoda rhona rhys ria ricarda
ricardo riccarda riccardo richard rick rickard rico rie rieke rigmor riikka riitta riku rina
rinaldo rino rio riona riordan risto rita ritva riya roald rob robbert robbie robert roberta
robertas roberto robrecht rocco rochelle rocio roddy roderich roderick rodica rodney rodolfo
rodolphe rodrigo roel roeland rogelio roger rogerio rohan rohit roksana roland rolande rolando
rolf roma romain roman romana romane romeo romina romuald romualdas romy ron ronald ronaldo
ronan rong ronja ronnie ronny roope roos roosa roque rory rosa rosalba rosalia rosalie rosalind
rosalinda rosaline rosamund rosana rosangela rosanna rosaria rosario roseline rosella rosemarie
rosemary rosetta rosi rosina rosita roslyn rosmarie rossana rossella roswitha rowan roxana
roxane roxanne royce roza rozalia ruben rudi rudolf rudy rufus rui rukmini rune rupert rurik
rusmir russel rut ruta rutger ruth ryo ryota ryszard saana saara saba sabah sabina sabine sabri
sabrina sacha sade sadia sadie saeed saeid safa saga sahar sahil said saida saif saija sakari
sakura salah salem salih salim salima salla sallie sally salman salome salvador salvatore sam
samantha samara sami samina samir samira sampo samson samu samuel samuele samuli san sana
sandeep sandi sandie sandor sandra sandrine sandro sang sanja sanjay sanna sanne santiago
santina santino santo sanya sara sarah sarai saray sari sarita sasa sascha sashi saskia satoshi
satu saul saulius savannah saverio savina scarlett seamus sean sebastian sebastiano sebastien
sebnem seher seija seiji selena selim selin selina selma semih sena sendil seongmin seppo
serafina serap serena serenella serge sergei sergej sergey sergi sergio sergiu serhat serhii
servet seth severin severine severino sevgi sevim seyed shabnam shadi shahid shahin shaina
shakira shan shana shane shanice shankar shannon shanti sharon shaun shauna shawn sheila shelby
shelly sheng shigeru shin shinji shiori shira shirin shirley shiva shivani sho shoko shota
shreya shubham shyam siavash sibel sibylle sid siddharth sidonie sidsel siegfried siegmund
sietske sif sigfrid sigmund signe sigrid sigrun sigurd siim siiri silja silje silke silvana
silvano silvester silvia silviana silviano silvie silvio silviu silvo simeon simin simo simon
simona simone simonetta sina sinan sindre sindri sinead sini sinikka siobhan sipho sira siri
sirpa siv sixten slavica slavko slavomir sofia sofie sofija soha sohail soile sol solange
soledad soleil solene solveig solvejg sonali sondre songul sonia sonja soo sophia sophie soraya
soren sotirios soumya srdjan sreten srinivas stacey stacy stan stanislao stanislas stanislav
stanislava stanislaw stanka stasys stathis stavros stef stefan stefana stefani stefania stefanie
stefano steffen steffi stein steinar stela stelian stelios stella sten stephan stephane
stephania stephanie stephen sterling steve steven stian stig stijn stina stine stjepan stoyan
stuart sture sude sudha suellen suhail sujata suleiman suleyman sumaya sumit sumitra sune sunil
sunita sunniva suresh susan susana susanna susanne suse susi suvi suzan suzana suzanne suzette
suzuka svein sven svenja svetlana svetozar swantje swati sybil sybille syed sylke sylvain
sylvaine sylvester sylvette sylvi sylvia sylviane sylvie sylwester sylwia szabolcs szczepan
szilard szilvia szymon taavi tabea tabitha tadas tadeusz tadhg taha tahir taina taisto takashi
takeshi takumi talia tallulah tamar tamara tamas tami tamika tamiko tammy tamsin tancredi tanel
taneli tania tanja tanvi tanya tapani tapio tara tarek tareq tariq tarja tarjei taru taryn tasha
tasnim tassilo tatiana tatjana tatsuya tatyana taya tayfun tea ted teemu teodor teodora teodoro
teofilo teppo tere terence teresa terese teresita terezia terhi terje tero terrell terrence
terri terry tess tessa teun teuvo thabo thalia thanh theo theodor theodora theodore theodoros
theofilos theres theresa therese theresia thiago thibaud thibault thierry thies thijs thilo thom
thomas thora thorben thorbjorn thore thorsten thu thuy tia tiago tiara tiberiu tibor tiffany
tiina tijana til tilda tilde tillmann tilly tim timea timo timofei timon timothee timothy timur
tina tine tinka tino tio tirso tita titus tiziana tiziano tjark tobias tobin toby todd todor
toivo tom tomas tomaso tomasz tomaz tome tomi tomiko tomislav tommaso tommi tommy tomoko tone
toni tonia tonino tonje tonny tony tor torben tord tore torge torgeir torgny torhild torill
tormod torstein torsten torunn tosca toshiko toshio tove tracey traci tracy traian traudl trent
trevor trine trinidad tristan trixie trudi trudy trygve tudor tuija tulay tulin tullio tuncay
tuomo tuong turgay turid tuula tycho tymoteusz tyrell tzvi ubaldo udo ugne ulises ulla ulrica
ulrich ulrik ulrika umar umut una ungsana unni uno urania uri uriel urs ursel ursina ursula urte
usman ute uwe uxue uzma vadim vaida valdas valdemar valencia valente valentin valentina
valentino valentyna valerian valerio valery valter vanda vania vanja vanna vansh vappu vasco
vasil vasileios vasilica vasilije vasiliki vasilis vassilis vedat veerle vegard veikko velimir
venera venla vera veraliz verena vergil verner vero veronica veronika vesa vesela veselin vesna
vianney vibeke vicenta vicente vicenzo victoire victoria victorien vida vidar vidya vigdis viggo
vijaya vikki viktor viktoria viktorija vilde vilhelm viliam vilja vilko villads ville vilma
vilmos vincas vincent vincente vincenza vincenzo vineet vinicius viola violaine violeta violetta
virgilijus virgilio virginie virna virpi visnja vit vita vitalie vitalii vitaliy vitaly vito
vitold vittoria vittorio viv vivi viviane vivien vivienne vladan vladimira vladislav vlado
vlasta vlatka vojin volha volodymyr vreni vuk vukasin vytautas wafa waheed wahid waldemar waleed
walentina walid walt walther waltraut wanja wassily wassim wayan waylon wen wenche wencke wenzel
werner wes wibke wiebke wieland wieslawa wiktor wiktoria wilfredo wilhelmina wilhelmine wilko
willem willemijn william willibald willy wilson wim windy winfried wiola wioletta wladyslaw
wlodzimierz wojtek wolfram woody wulf xandra xaver xavi xavier xavière xenia xiao xiaoming xing
xiomara xoan yaakov yadira yael yahya yair yakov yamila yan yana yanis yann yanni yannic yannik
yara yared yaroslav yasemin yaser yash yasin yasir yasmina yasmine yassin yassine yasuko yasuo
yavuz yazid yehuda yelena yelyzaveta yeter yevgenia yevhen yi yigit yildiz yilmaz yitzhak ylva
yngve yngvild yoav yohan yohann yoko yolanda yolande yona yonatan yong yosef yoshiko yoshio
yosuke youcef youssef ysabel yukiko yukio yuko yulia yuliya yumi yun yunus yurii yusra yusuke
yvan yvo yvon zachary zack zafar zafer zahid zahir zahra zakaria zaki zanele zaneta zara zarina
zbynek zdenka zdravko zehra zeki zelal zelie zelimir zena zeno zenon zeynab zhanna zheng zhi zia
zigmunt zihao zijad zina zineb ziva zivko zlata zlatan zlatko zofie zohar zohra zoila zola zora
zoran zorana zoya zsofia zsuzsanna zuleyha zulma zuzana zygmunt zyta
"""
