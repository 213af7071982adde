"""Words about people. Literal data: read by `tools.scan_rule_sets.dictionaries` and nobody else.

Entries are parted by white space, or by `|` where an entry can have several words. Given names
and surnames that are common words (will, may, art, green) are left out on purpose: they cost more
than they find.
"""

GIVEN_NAMES = """
aarav aaron abdul abdullah abel abigail abraham ada adam addison adele aditya adrian adriana agata
agnes agnieszka ahmad ahmed ahmet aidan aiden aiko aisha akash akira alain alan albert alberto
alejandra alejandro aleksandr aleksandra alena alessandra alessandro alex alexa alexander
alexandra alexandre alexis alfonso alfred alfredo ali alice alicia alina alison aliyah allan allen
allison alma alvin alyssa amal amanda amber amelia amina amir amit amparo amy ana ananya anastasia
anaya anders andre andrea andreas andreea andrei andres andrew andrzej andy angel angela angeles
angelica angelo angie anil anita anja anjali anke ann anna anne anneli anneliese annette annie
anthony antje antoine anton antonia antonio antti anya ariana ariel arjun arlene arlette armando
arne arnold arthur arturo arun aryan asa ashley ashok astrid attila aubrey audrey aurora ava avery
ayesha ayse aziz balazs barbara barbel barry bart bas beatrice beatriz begona ben benedict bengt
benjamin benoit bentley bernadette bernard bernardo bernd bernice bert bertha bertil beth bethany
betty beverly bianca bilal birgit birgitta bjorn bob bobbie bobby bogdan bonnie boris bozena brad
bradley brandi brandon brayden brenda brendan brent brett brian bridget brigitte britney brittany
brittney brody bruce bruna brunhilde bruno bryan burak caio caleb calvin cameron camila camille
candace candice cara carina carine carl carla carlene carlos carlton carmelo carmen carol carole
carolina caroline carolyn carrie carsten casey cassandra catalin catalina catherine cathy cecil
cecilia cedric celeste celine cesar chad chandra charlene charles charlie charlotte chelsea chen
cheryl chiara chloe chris christa christian christina christine christoph christophe christopher
christy cindy claire clara clarence clarissa claude claudia claudio clayton clifford clifton clint
clyde cody cole colin colleen colton connie connor conrad constance constantin consuelo cora corey
cornelia cory courtney craig cristian cristina csaba curtis cynthia cyril daan dagmar daisuke
dakota damian damon dan dana daniel daniela daniele danielle danilo danny danuta daria dario
darlene darrell darren darryl darya dave davi david dean deanna debbie deborah debra deepak
deepika delia della denis denise deniz dennis derek derrick desmond detlef devin diana diane
dianne diego dieter dimitri dina dirk divya dmitri dolores domenico dominic dominik dominique don
donald donna dora doreen doris dorota dorothy doug douglas duane dumitru dustin dwain dwayne
dwight dylan earl earnestine easton eberhard ebony eckhard eddie edgar edith edna edoardo eduardo
edward edwin egon eileen einar elaine eleanor elena elfriede eli elias elif elijah elisa elisabeth
elizabeth ella ellen elliot elmer elodie eloise elsa elsie elvira elzbieta emil emilia emiliano
emilie emilio emily emine emma emmanuel emre encarnacion enrico enrique enzo eric erica erich erik
erika erin ernest ernestine ernesto ernst erwin erzsebet espen esra esteban estelle esther ethan
ettore eugene eugenia eva evan evelyn ewa ewald fabian fabio fabrice faisal fatima fatma federico
felicia felipe felix femke feng ferenc fernanda fernando filip filippo fiona florian florin floyd
folke frances francesca francesco francine francis francisco franco francois frank franklin
frantisek franz fred freddie frederic frederick frederik frida friedrich fritz frode gabi gabor
gabriel gabriela gabriele gabrielle gael gail gareth gary gaurav gavin geir gennaro geoffrey georg
george georges georgia georgina gerald geraldine gerard gerd gerda gerhard gernot gerry gertrude
gheorghe gianni gil gilbert gilles gina giorgio giovanna giovanni gisela giulia giuseppe gladys
glen glenda glenn gloria gokhan gonzalo goran gordon gosta gottfried grace grayson grazyna greg
gregory greta gretchen grzegorz guadalupe gudrun guido guillaume guillermo gunilla gunnar gunther
gustav gustavo guus gwen gwendolyn hailey hakan halina halvor hamza hana hanna hannah hannelore
hans hao harald harish harold harriet harry hartmut haruka harvey hasan hassan hatice hazel
heather hector hege heidi heike heikki heiko heinrich heinz heitor helen helena helene helga
helmut hendrik henk henning henri henrik henrique henry henryk herbert herman hermann hertha herve
hilda hildegard hiroshi holger homer horst howard hubbard hubert hudson hugh hugo hui hussein ian
ibrahim ida ignacio igor iker ildiko ilkka ilona ilse imran ines inga inge ingrid ingvar
inmaculada ioana ion irena irene irina irma irmgard irving isaac isabel isabella isabelle isadora
isaiah isaias ishaan ismail istvan ivan ivana ivar ivy iwona jaap jacek jackie jackson jacob
jacqueline jacques jadwiga jaime jake jakob jakub jamal james jamie jamila jan jana jane janelle
janet janice janina jared jaroslav jasmine jason jasper javier jaxon jay jayden jazmin jean
jeanette jeanne jeannie jeff jeffery jeffrey jenna jennie jennifer jenny jens jeremy jeroen jerome
jerry jerzy jesse jessica jessie jesus jill jim jimmy jiri jo joan joana joann joanna joanne joao
joaquin jocelyn jodi jody joe joel joelle johan johann johannes john johnny jolanta jon jonas
jonathan joost jordan jordi jordyn jorg jorge jorgen joris jorn jose josef josefina joseph
josephine josette josh joshua joyce juan juana juanita judith judy juha juhani juho jukka julia
julian juliana julie julien juliet julio julius jurgen justin justyna jutta kaarina kabir kai
kaitlyn kamal kamila karel karen kari karim karin karina karl karla karol karola karsten kasper
katalin katarina katarzyna kate katerina katharina katherine kathleen kathryn kathy katie katja
katrina katsumi katya kavita kayden kayla kaylee keith kelly kelvin ken kendra kenji kennedy
kenneth kerry kerstin kevin khadija khalid kim kimberly kinga kinsley kiran kirsten kjell klaus
knut koen kris krishna krista kristen kristi kristin kristina kristine krystal krystle krystyna
krzysztof kumar kurt kyle kylie kyrie ladislav lakshmi lana landon larissa larry lars lashonda
laszlo latasha latifa latoya laura lauren laurence laurent laurie lawrence layla lea leah leanne
lee lei leif leila lena lenka lennart lenora leo leon leona leonard leonardo leonie leroy leslie
lester leszek leticia levi lewis liam lidia lieke lieselotte lila lilian liliana lillian lin lina
linda lindsay lindsey lindy ling linus lionel lisa livia liz lloyd logan loic lois lola lonnie
lora loren lorena lorenzo loretta lori lorraine lothar louis louisa louise luana luc luca lucas
lucia luciano lucie lucille lucy lucyna luigi luis luisa luiz luiza luka lukas lukasz luke luther
lutz luz lydia lyle lynda lynette lynn maarten mabel mabelle macarena maciej mackenzie madeleine
madison mads magdalena magnus mahmoud maja makayla malcolm malgorzata mandy manfred manish manoj
manon manuel manuela marc marcel marcela marcelo marcia marcin marco marcos marcus marcy margaret
margareta margarete margarita margaux margot maria mariam marian mariana marianne maribel marie
marijke mariko marilyn marina mario marion marisa marjorie mark marketa markus marla marlene
marlies marlon marsha marta martha martin martina marvin mary maryam marzena masaki mason
massimiliano massimo matej mateo mateusz mathieu mathilde matteo matthew matthias matti mattias
maude maureen maurice maurizio max maxime maximilian maximiliano maxine meera megan mehdi mehmet
mei melanie melinda melissa melody mercedes meredith merve micaela michael michaela michal micheal
michel michela michele michelle miguel mihaela mihai mika mikael mike mikhail milan mildred milena
milton mina minh minnie mira miriam mirjam miroslav mitch mitchell mohamed mohammad mohammed mohan
moises mona monica monika monique monte montserrat morgan moritz morten moses muhammad mukesh
murat murilo mustafa myles myriam myrna myrtle nadia nadine nanami naomi natalia natalie natasha
nathalie nathan nathaniel naveen neha neil nelson nettie nevaeh nicholas nick nicola nicolae
nicolas nicole niels nigel nikhil nikita nikola nikolai nils nina nisha noah noel noemi nolan nora
norbert norma norman nour nuria oceane octavio odette oksana olaf olavi oleg olena olga oliver
olivia olivier omar omer ondrej onur opal ora orlando oscar oskar osman otis ottavio otto owen
oyvind ozan pablo paco paige paivi pam pamela pankaj paola paolo parker pascal pascual pasquale
patrice patricia patrick patrik patti paul paula paulette pauline paulo pavel pawel pearlie pedro
peggy pekka penelope percy perry peter petr petra peyton phil philip philipp philippe phillip
phyllis pia pierluigi pierre piet pieter pietro pilar piotr pooja prakash pranav preeti preston
priscilla priya priyanka przemyslaw quentin quinn rachel radek radha radim rafael rafaela rafal
rafe raffaele ragnar rahul rainer raj rajesh rajiv rakesh ralf ralph ramesh ramiro ramon ramona
randall randi randolph randy rania raquel rashid raul ravi ray raymond reagan rebecca regina
reginald reinhard remedios renan renata renate rene renee reuben rhoda rhonda ricardo riccardo
richard rick ricky riitta rik rita ritu robert roberta roberto robin robyn rocco rocio rocky
roderick rodney rodolfo rodrigo roel rogelio roger rohan rohit roland rolf romain roman ron ronald
ronnie rosa rosalie rosalind rosario rosemarie rosemary rosie ross rowena roxanne roxie roy ruben
rudi rudiger rudolf rudy rufus rune russell ruth ruthie ruud ryan ryszard sabine sabrina sachin
sadie sakari sakura salim sally salma salome salvador salvatore sam samantha sami samir samira
samuel sana sandeep sander sandhya sandor sandra sanjay sanjeev sanna santiago santos sara sarah
sasha saskia satu saul savannah scott sean sebastian selena selin serena serge sergei sergey
sergio serkan seth shane shankar shannon sharon shaun shawn sheila shelby sheldon shelia shelley
shelly sheri sherman sherri sherry shilpa shirley shiv sho shreya sibylle sidney siegfried sigrid
silas silke silvia simon simona simone simran sjoerd skylar slawomir sneha sofia sofie solveig
sonal sonia sonja sonny sonya sophia sophie soren sota stacey stacy stan stanislav stanley stefan
stefanie stefano steffen steinar stella stephan stephane stephanie stephen sterling steve steven
stewart stig stijn stuart sumit sunil sunita suresh susan susana susanne susie suzanne svein sven
svetlana swati sylvain sylvia sylvie szymon tabitha tadeusz takeshi tamara tamas tamika tammy
tania tanja tanya tapani tara tariq tarja tasha tatiana tatyana ted teddy teresa teri terje
terrance terrell terrence terri terry teun thais thea thelma theo theodore theresa therese theron
thiago thibault thierry thijs thomas thorsten tiago tiffany tiina tim timo timothy tina tobias
todd tom tomas tomasz tommaso tommy tomoko toni tonia tonya torben torsten tracey traci tracy
travis trevor tricia trisha trond troy tuomas tuula tyler tyra tyrone tyson udo ugo ulf ulla
ulrich ulrike umberto ursula urszula usha uta ute uwe vaclav valarie valentina valeria valerie
vanessa varun vasile velma vera vern vernon veronica veronika veronique vicki vickie vicky victor
victoria vijay vikas vikram viktor ville vincent vincenzo vinod viola virgil virginia vishal vitor
vitoria vivaan vivek vivian viviana vlad vladimir vojtech volkan volker wade wallace walter
waltraud wanda ward warren wayne wei wendell wendy werner wesley wieslaw wilbur wilfred wilfried
wilhelm willard willem willi william willie willis wilma wim winifred winnie winston witold
wojciech wolfgang wouter wyatt xavier ximena xin yan yannick yara yash yasmin yesenia yolanda yuki
yuko yuna yuri yusuf yuto yves yvette yvonne zachariah zachary zain zara zbigniew zdenek zdzislaw
zehra zelda zeynep zoe zoey zofia zoltan zsolt zuzana zuzanna βασίλης γιάννης γιώργος δημήτρης
ελένη κατερίνα κώστας μαρία νίκος σοφία александр александра алексей анастасия андрей анна антон
артём борис валентина василий вера виктор виктория виталий владимир галина дарья денис дмитрий
евгений евгения екатерина елена иван игорь илья ирина кирилл ксения лариса людмила максим марина
мария михаил надежда наталья никита николай оксана олег ольга павел пётр роман светлана сергей
софия степан татьяна фёдор юлия юрий яна أحمد إبراهيم حسن حسين خالد زينب سارة عائشة عبدالله علي
عمر فاطمة ليلى محمد محمود مريم مصطفى نور يوسف
"""

SURNAMES = """
abbott adams aguilar ahmed alexander ali allen alvarez andersen anderson andersson andrews
armstrong arnold ashley atkins austin bailey baker baldwin ball banks barber barker barnes barnett
barrett bartlett barton bates bauer baumann beck becker bell bender bennett benson berg berger
bergman bernard berry bianchi bishop bjork blair blake blanc bonnet bowen bowers bowman boyd
bradley brady brandt braun brennan brewer briggs brooks bruce bruno bryant buchanan burgess burke
burnett burns burton bush butler byrd cabrera calderon caldwell cameron campbell campos cannon
carlson carpenter carr carroll carson carter carvalho castillo castro chambers chan chandler chang
chapman chavez chen cheng choi christensen clark clarke cohen coleman collins colombo conner
contreras cook cooper copeland cortez costa cox craig crawford cruz cummings cunningham curtis
dalton daniels davidson davies davis dawson delgado dennis diaz dixon dominguez douglas doyle
dubois duncan dunn dupont duran durand eaton edwards elliott ellis eriksen eriksson espinoza
estrada evans farmer faulkner ferguson fernandes fernandez ferrari ferreira fields figueroa
fischer fisher fitzgerald fleming fletcher flores flynn fontana ford foster fournier fowler fox
francis franco frank franklin frazier freeman fuchs fuentes fuller gallagher garcia gardner
garrett garrison garza george gibbs gibson gilbert giordano girard glover goldberg gomes gomez
gonzales gonzalez goodman goodwin gordon graham grant graves greene greer griffin griffith gross
guerrero gupta gutierrez guzman hahn hale hall hamilton hammond hampton hanna hansen hanson hardy
harmon harper harrington harris harrison hart hartmann harvey haugen hawkins hayes haynes
henderson henry hernandez herrera hicks higgins hill hodges hoffman hoffmann holland holm holmes
holt hopkins horn horton houston howard howell huang hubbard huber hudson huff hughes hunt hunter
ibrahim ingram ivanov ivanova jackson jacobs jacobsen jacobson james jansen janssen jansson
jenkins jennings jensen jimenez johansen johansson johnson johnston jones jordan joseph joshi
juarez kaiser kaminski kaur keller kelley kelly kennedy khan kim king klein knight koch kohler
kovacs kowalski kramer krause kruger kumar lam lambert lang lange larsen larson larsson laurent
lawrence lawson leblanc lee lehmann leon leonard leroy lewis li lin lindberg liu lloyd logan long
lopes lopez lowe lucas luna lynch lyons mack mackenzie maldonado malik malone mann manning marino
marks marques marsh marshall martin martinez martins mason matthews maxwell mccarthy mccormick
mccoy mcdaniel mcdonald mcgee mckinney mclaughlin medina mehta meier mejia mendez mendoza meyer
meyers michaud miles miller mills miranda mitchell moore morales moran moreau moreira moreno
moretti morgan morris morrison morrow morton moss mueller muller munoz murphy murray myers navarro
neal nelson neumann newman newton nguyen nichols nielsen nielson nilsson norman norris norton
novak nowak nunez obrien oconnor oliveira oliver olsen olson olsson ortega ortiz osborne owens
pacheco padilla page palmer parker parks parmer parsons patel patterson patton paul payne pearson
pena perez perkins perry peters petersen peterson petit petrov pham phillips pierce popov porter
potter powell powers pratt price quinn ramirez ramos ramsey rasmussen ray reed reese reeves reid
reilly reyes reynolds rhodes ribeiro ricci rice richards richardson richter riley rios rivera
robbins roberts robertson robinson rocha rodgers rodrigues rodriguez rogers rojas roman romano
romero rosario rose ross rossi roth roux rowe roy ruiz russell russo ryan saito salazar sanchez
sanders sandoval santiago santos sato sauer saunders schaefer schmid schmidt schmitt schneider
schroeder schultz schulz schwartz schwarz scott serrano shah sharma shaw shelton sherman silva
simmons simon simpson sims singh smirnov smith snyder solis sorensen soto sousa souza spencer
stanley stein stephens stevens stevenson stewart stokes stone strickland suarez sullivan sutton
suzuki svensson swanson tanaka tate taylor teixeira terry thomas thompson thomsen thornton todd
torres townsend tran tucker turner valdez valencia vargas vasquez vaughn vazquez vega vogel wagner
walker wallace walsh walter walters wang ward warner warren washington watanabe waters watkins
watson watts weaver webb weber weiss welch wells werner west wheeler wilkins wilkinson williams
williamson willis wilson winkler wolf wolfe wong wood woods woodward wright wu xu yamada yamamoto
yang yilmaz young yu zhang zhao zhou ziegler zimmermann алексеев васильев волков егоров иванов
иванова козлов кузнецов кузнецова лебедев михайлов морозов новиков павлов петров петрова попов
попова семёнов сидоров смирнов смирнова соколов фёдоров
"""

GENDERS = """
agender|altro|andere|androgin|androgyne|androgynous|autre|barbathane|bay|bayan|bigender|boy|
cis female|cis male|cis man|cis woman|cisgender|cisgender female|cisgender male|d|
decline to answer|demi boy|demi girl|demiboy|demigirl|divers|donna|erkek|f|fem|female|
female to male|female to male transgender man|femeie|femenino|feminin|feminine|feminino|femme|
femmina|ferfi|fluido|frau|ftm|gender fluid|gender nonconforming|gender questioning|gender variant|
genderfluid|genderqueer|girl|h|hembra|hermaphrodite|herr|hombre|homme|hunkon|inny|intersex|kadin|
kiz|kobieta|kvinde|kvinna|laki laki|m|macho|male|male to female|male to female transgender woman|
man|man/vrouw|mand|mann|mannelijk|mannlich|masc|maschio|masculin|masculine|masculino|mees|men|
mezczyzna|mies|moski|moteris|mtf|mujer|musko|muz|naine|nainen|nam|neutrois|no|non binary|
nonbinary|nonbinary person|not applicable|not disclosed|not known|not specified|nu|o|other|
other gender|otra|otro|outro|pangender|perempuan|polygender|prefer not to disclose|
prefer not to say|pria|sieviete|trans|trans female|trans male|trans man|trans woman|transgender|
transgender female|transgender male|two spirit|two* person|u|undisclosed|unknown|unspecified|uomo|
varon|virietis|vrouw|vrouwelijk|vyras|w|wanita|weiblich|woman|women|x|zena|zenska|zensko|άνδρας|
άρρεν|γυναίκα|θήλυ|жен|жена|женски|женский|жінка|муж|мужской|мушки|мъж|чоловік|זכר|נקבה|أنثى|انثى|
ذكر|زن|مرد|पुरुष|महिला|ชาย|หญิง|女|女性|男|男性|남|남성|남자|여|여성|여자
"""

ETHNICITIES = """
aboriginal|afghan|african|african american|afrikaner|afro caribbean|afrodescendiente|
alaska native|amarela|amarelo|american indian|american indian alaska native|
american indian or alaska native|any other|apache|arab|arab american|arabic|ashkenazi|asian|
asian american|asian british|asian indian|asian or pacific islander|asian pacific|asiatica|
asiatico|asiatico oriental|asiatique|asiatisch|bai|bangladeshi|bengali|bi racial|biracial|black|
black african|black british|black caribbean|black hispanic|black non hispanic|black not hispanic|
black or african american|blanc|blanca|blanco|bouyei|branca|branco|burmese|cajun|cambodian|
caribbean|caucasian|celtic|chamorro|cherokee|chinese|chinese american|chippewa|choctaw|coloured|
cook island maori|creek|creole|cuban|declined|dominican|dong|east african|east asian|european|
filipino|first nations|germanic|guamanian|guamanian or chamorro|gujarati|gypsy or irish traveller|
haitian|han|hapa|hausa|hawaiian|hispanic|hispanic latino|hispanic or latino|hmong|hui|igbo|indian|
indigena|indigeno|indigenous|indonesian|inuit|irish traveller|iroquois|jamaican|japanese|jewish|
kazakh|korean|korean american|kurdish|laotian|latin american|latina|latino|latinx|li|lumbee|malay|
manchu|maori|melanesian|mena|mestiza|mestizo|metis|mexican american|miao|micronesian|
middle eastern|middle eastern north african|middle eastern or north african|mixed|mixed other|
mixed race|mongol|mulato|multi ethnic|multi racial|multiracial|native|native alaskan|
native american|native hawaiian|native hawaiian or other pacific islander|navajo|negra|negro|
nepalese|noir|non hispanic|nonhispanic|nordic|north african|not hispanic or latino|not reported|
not stated|nz european|other|other race|pacific islander|pacific peoples|pakeha|pakistani|parda|
pardo|pashtun|patient declined|persian|polynesian|preta|preto|puerto rican|punjabi|refused|roma|
romani|samoan|scandinavian|schwarz|sephardic|sindhi|sinhalese|sioux|slavic|some other race|
south asian|southeast asian|sri lankan|sub saharan african|tamil|thai|tibetan|tongan|
torres strait islander|traveller|tujia|turkish|two or more|two or more races|uighur|unknown|
unknown ethnicity|uyghur|vietnamese|weiss|west african|west indian|white|white and asian|
white and black african|white and black caribbean|white british|white european|white hispanic|
white irish|white non hispanic|white not hispanic|white other|xhosa|yao|yi|yoruba|zhuang|zulu
"""

OCCUPATIONS = """
abogada abogado accountant accounting actor actress actrice actuary administrador administradora
administrateur administrativo administrator adviser advisor agent agente analista analyst
analyste animator anwalt apotheker apprentice arbeiter archaeologist architect architecte
architectural architekt arquitecta arquitecto artist arzt asistente assistant assistent
assistente associate astronaut astronomer attendant attorney auditor author auxiliaire auxiliar
avocat avocate avvocato bailiff baker banker barber barbero barista barrister bartender bauer
beamter berater biochemist biologist bombeiro bombero bookkeeper bookseller botanist brewer
brickmason broker buchhalter buchhalterin builder butcher buyer cameraman camionero captain
cardiologist caregiver caretaker carpenter carpintero cartographer cashier caterer ceo cfo
chairman chairperson charge chauffeur chef chemiker chemist chercheur chief chirurg chirurgien
cio ciso cleaner clerk clinician coach cocinero coiffeur columnist comedian comercial commercial
comptable comptroller concierge conducteur conductor conservator constable consultant consultor
consultora contador contadora contractor controleur controller coo cook cooper coordinator
copywriter coroner correspondent cosmetologist counsel counsellor counselor courier crew crewman
croupier cto cuisinier curate curator custodian dancer dealer dentist dentista dentiste deputy
dermatologist desarrollador desenvolvedor designer dessinateur detective developer developpeur
diplomat directeur director directora directrice diretor direttore dispatcher docente docteur
doctor doctora doula drafter draftsman dressmaker driver ecologist economist editor educator
ejecutivo electrician electricien electricista elektriker empleado employe employee encargado
enfermeiro enfermera enfermero engenheiro engineer engineering enseignant entrepreneur
entwickler epidemiologist ergonomist erzieher erzieherin escritor estate estimator ethnologist
examiner executive expediter exporter fabricant fabricator facharzt fachinformatiker facilitator
farmer farrier firefighter fisherman fitter fleuriste florist foreman formateur fotograf
fotografo fournisseur freelancer friseur friseurin fundraiser gardener geneticist geodesist
geographer geologist geophysicist gerente geschaftsfuhrer gestionnaire gestor giornalista
glazier grader grafiker groundskeeper guard guardia guide gynecologist hairdresser handler
handyman hausmeister head helper herbalist historian horticulturist hostess hotelier huissier
hunter hygienist illustrator immunologist impiegato importer infermiera infermiere infirmier
infirmiere informatiker ingegnere ingeniera ingeniero ingenieur ingenieurin insegnante
inspecteur inspector inspektor installer instructeur instructor instrumentalist intern internist
interpreter interviewer inventor investigador investigator investor janitor jardinero jardinier
jefe jeweler jockey joiner journalist journaliste judge juge jurist jurista kauffrau kaufmann
kellner kellnerin kierowca koch krankenpfleger krankenschwester kucharz laborant laborer
labourer landscaper lavoratore lawyer lead lecturer lehrer lehrerin leiter librarian lieutenant
linguist loader lobbyist locksmith logistician machinist machiniste maestra maestro magistrate
maid maler manager manutentionnaire maquinista marine marketer mason masseur masseuse
mathematician mayor mecanicien mecanico mechanic mechaniker mechatroniker medecin mediator
medica medicin medico menuisier merchandiser metallurgist metalworker meteorologist
microbiologist midwife milliner miner missionary mitarbeiter model moderator monteur musician
musicien musico musicologist nanny nauczyciel negotiator neurologist neurosurgeon notaire
notario notary novelist nurse nutritionist obrero obstetrician oceanographer officer oncologist
operador operadora operaio operateur operative operator optician opticien optometrist orderly
ornithologist orthodontist osteopath ouvrier owner packer paediatrician painter paleontologist
panadero paralegal paramedic parliamentarian partner pastor pathologist patrolman pedagogue
pediatra pediatrician peintre pensioner periodista pfleger pharmacien pharmacist pharmacologist
philosopher phlebotomist photographer physician physicist physiotherapist pianist pilot piloto
pintor plasterer plombier plumber podiatrist poet police policeman policia policier politician
pompier porter postdoc postman potter practitioner preacher president priest principal
procurement producer producteur profesor profesora professeur professor programador programmer
programmeur programmierer projektleiter promoter proofreader prosecutor psicologo psychiatrist
psychologe psychologist psychologue psychotherapist publisher purchaser quant rabbi radiologist
ranger realtor receptionist recruiter redacteur redakteur referee registrar rep repairer
repairman reporter representative researcher responsable restaurateur retired rigger riveter
roofer sachbearbeiter sailor salesman salesperson saleswoman sapper scheduler scientific
scientist sculpteur sculptor seamstress secretaire secretaria secretary sekretarin sekretarka
sergeant servant server serveur serveuse shepherd sheriff shoemaker singer sociologist sociologo
soldado soldier solicitor soudeur specialist sprzedawca statistician steward stewardess
stockbroker stonemason strategist student stylist superintendant superintendent superviseur
supervisor surgeon surveyor tailor teacher teaching technician technicien technicienne techniker
technologist tecnica tecnico tehnician teller tester therapist tierarzt tiler toxicologist
trader tradesman traducteur traductor tradutor trainee trainer translator treasurer trucker
tutor typist umpire undertaker underwriter unemployed upholsterer urbanist urologist usher valet
vendedor vendedora vendeur vendeuse verkaufer vertreter verwalter veterinaire veterinarian
veterinario vice videographer vigneron virologist waiter waitress warden watchmaker weaver
webmaster welder wirtschaftsprufer wissenschaftler woodworker worker workman writer youtuber
zoologist zootechnician администратор аналитик бухгалтер водитель врач директор инженер
консультант медсестра менеджер механик оператор повар преподаватель программист продавец
секретарь специалист строитель учитель электрик юрист
"""

HEALTH = """
abscess acetaminophen acute adalimumab addiction adhd aids albuterol alcoholism allergic allergy
allopurinol alprazolam alzheimer amlodipine amoxicillin amputation anaphylaxis anemia aneurysm
angina angine angioplasty anorexia anxiety apixaban appendectomy appendicitis arrhythmia arthritis
asma aspirin asthma atorvastatin autism azithromycin bacterial biopsy bipolar bisoprolol bloeddruk
bluthochdruck bronchite bronchitis bronquitis bulimia bupropion burn bursitis cancer candesartan
carcinoma cardiac cardiomyopathy carvedilol cataract catheterization celiac cellulitis cephalexin
chemotherapy chickenpox chlamydia cholecystectomy cholera cholesterol choroba chronic ciprofloxacin
cirrhosis citalopram clonazepam clopidogrel codeine colchicine colitis colonoscopy concussion
conjunctivitis constipation copd coronary cough covid crohn cukrzyca cyst dander deficiency
dementia dengue dependence depression dermatitis diabete diabetes diabetic diabetico diagnosis
dialysis diarrhea diclofenac digoxin disease disorder dizziness doenca dolor dolore dor douleur
douleurs doxycycline duloxetine ebola echocardiography eczema edema electrocardiogram embolism
emphysema enalapril encephalitis endocarditis endometriosis endoscopy enfermedad entzundung
epilepsy erkaltung escitalopram estradiol failure fatigue febbre febre fentanyl fever fibrillation
fibroids fibromyalgia fieber fiebre fievre finasteride finding fluoxetine fluticasone fractura
fracture frattura furosemide gabapentin gastritis gastroenteritis gerd gestational glaucoma gluten
gonorrhea goraczka gout gripe grippe headache hemorrhage heparin hepatitis hernia herpes
herzinfarkt hipertensao hipertension hiv husten hydrochlorothiazide hydrocodone hyperglycemia
hyperlipidemia hypertension hyperthyroidism hypertonie hypoglycemia hypotension hypothyroidism
hysterectomy ibs ibuprofen immunization impairment infarction infeccao infeccion infection
influenza injury insomnia insufficiency insulin ipertensione kidney kopfschmerzen krebs laceration
lactose laryngitis latex leukemia levothyroxine lice lisinopril longontsteking lorazepam losartan
lupus lymphoma maladie malaria mammography mastectomy measles melanoma meningitis metformin
methadone methotrexate metoprolol migraine migrane miscarriage mites mold montelukast morphine mri
mumps myocardial nadcisnienie naloxone naproxen nausea nephropathy neumonia neuropathy nkda obesity
ocd omeprazole osteoarthritis osteoporosis otitis overdose oxycodone pain palsy pantoprazole
paracetamol parkinson peanut peanuts penicillin pericarditis pharyngitis pneumonia polio pollen
polmonite polyps postoperative prednisone preeclampsia pregnancy prenatal procedure psoriasis ptsd
radiography ramipril rash reflux renal retinopathy rhume rivaroxaban rosuvastatin rubella
ruckenschmerzen salbutamol scabies schizophrenia schlaganfall schmerzen sciatica sclerosis
scoliosis seizure sepsis sertraline shellfish shingles shortness sildenafil simvastatin sinusitis
situation spirometry spironolactone sprain stenosis stroke suikerziekte sulfa surgery suture
swelling syndrom syndrome syphilis tachycardia tamsulosin tendonitis testosterone tetanus therapy
thrombosis tomography tonsillitis toux tramadol transplant trauma trazodone tuberculosis tumor
tumour typhoid ulcer ultrasound vaccination vaccine venlafaxine verhoogde viral vomiting warfarin
withdrawal wound zapalenie zika zolpidem
"""
