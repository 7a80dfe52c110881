/** Words of a language that the rules know. Our own lists; a language without one keeps the rules of style silent. */

export interface LanguageWords {
  /** What may stand before the verb: "the learner can". */
  readonly intro: RegExp
  /** Verbs that show something. */
  readonly verbs: ReadonlySet<string>
  /** Other words that are verbs by their form. */
  readonly verbForm?: RegExp
  /** Words that look like verbs by their form and are none. */
  readonly notVerbs?: ReadonlySet<string>
  /** The verb may stand last (German). */
  readonly verbLast?: boolean
  /** Verbs that nobody can watch: know, understand. */
  readonly vague: RegExp
  /** Verbs of recall alone. */
  readonly low: ReadonlySet<string>
  /** Verbs of doing, which a written test cannot show. */
  readonly doing: ReadonlySet<string>
  /** Words of a full award in a title. */
  readonly fullAward: RegExp
  /** "and". */
  readonly and: string
  /** Two words that make a subject of study, though the first could be a verb: "project management". */
  readonly topic?: RegExp
}

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))

const en: LanguageWords = {
  intro:
    /^(?:(?:the )?(?:learners?|students?|participants?|graduates?|holders?|you|they) )?(?:(?:is|are|will be|be) able to |(?:can|will|should) |to )?(?:(?:independently|critically|safely|effectively|correctly|accurately|clearly|confidently) )?/i,
  verbs: set(
    `accept account act adapt add address adjust administer advise advocate align allocate analyse analyze answer anticipate apply appraise argue arrange articulate
    assemble assess assign assist audit automate balance bake bind book brew brief budget build calculate calibrate care carry cast categorise categorize challenge change
    check choose classify clean coach code collaborate collect combine command comment communicate compare compile complete compose compute conclude conduct configure connect
    construct consult contribute control convert convince cook coordinate correct correlate cost counsel count create criticise criticize critique cultivate cut cite
    deal debate debug decide deduce defend define deliver demonstrate deploy derive describe design detect determine develop devise diagnose diagram differentiate direct
    discover discriminate discuss distinguish distribute document draft draw drive edit elaborate elicit employ enable enforce engage engineer ensure establish estimate evaluate examine
    execute exhibit expand explain explore express extend extract facilitate file fill find fit fix follow forecast formulate gather generate give govern grade graph grow
    guide handle help hypothesise identify illustrate implement improve incorporate indicate infer influence inform initiate inspect install instruct integrate interact interpret
    interview introduce invent inventory investigate judge justify keep label launch lay lead lift list listen load locate log maintain make manage manipulate map mark
    match measure mediate meet mentor merge mill mix model moderate modify monitor motivate mount move name navigate negotiate nurse observe obtain offer operate optimise optimize
    order organise organize outline pack paint paraphrase participate perform persuade photograph pilot place plan plant plot practise practice predict prepare prescribe present
    prevent price prioritise prioritize process produce program programme project promote prompt propose protect prototype prove provide publish purchase query question rank rate react read
    reason recall recognise recognize recommend reconcile reconstruct record recover redesign reduce refer reflect refine register regulate relate remove render repair repeat replace
    report represent research resolve respond restore restructure retrieve reuse review revise rewrite run sample scale schedule scope score screen search secure select sell separate serve set
    sew shape share show simplify simulate sing sketch solve sort speak specify staff state steer store structure study submit suggest summarise summarize supervise supply support
    survey synthesise synthesize tabulate take teach tell tend test trace track trade train transcribe transfer transform translate treat troubleshoot tune turn type undertake update
    admit advance amend annotate appoint approach archive ask attach author back bring call capture certify chair champion claim close comply consider contextualise contrast copy counter craft debrief declare decode deconstruct delegate delineate depict digitise disassemble disinfect dispatch dispose dissect dive divide download dress drill dry educate eliminate embed empathise encode encourage enhance enrich enter equip escalate exchange excavate experiment export extrapolate fabricate feed film filter finance fish fly focus form format frame furnish greet harvest host import invoice invoke issue iterate join liaise license link localise lobby manufacture market mitigate network notify nurture overcome overhaul package park patch pitch play pour preserve press print probe procure progress pronounce prune pump put quantify quote raise recite recruit rehearse reject release rescue reset restock rig roll route safeguard save scan scrutinise sculpt seal send settle ship shoot sign size spot stage start stitch stock stop strengthen strip style substitute swim switch tackle tailor target think tie tolerate transport transpose trim triage unify unload unpack vaccinate wash watch weave welcome wire wrap
    upgrade use utilise utilize validate value verify visualise visualize warn weigh weld work write`,
  ),
  verbForm: /^[a-z]{3,}(?:ise|ize|ify)$/,
  notVerbs: set(
    'exercise expertise enterprise franchise size prize disguise premise promise rise noise precise concise likewise otherwise',
  ),
  vague:
    /^(?:know|understand|comprehend|appreciate|learn|master|(?:be|become|is|are) (?:aware|familiar|acquainted)|familiari[sz]e|gain|acquire|have (?:knowledge|an understanding)|realise|realize|grasp)\b/i,
  low: set(
    'list describe identify name define recall recognise recognize state label outline match repeat indicate locate cite tell record',
  ),
  doing: set(
    'perform operate build install repair cook weld drive assemble calibrate mount paint sew bake cut lift pack care treat nurse sing clean launch load',
  ),
  fullAward: /\b(?:diplomas?|degrees?|bachelor(?:'s)?|master'?s|master of|doctor(?:ate|al)?|under-?graduate|post-?graduate|ph\.?d)\b/i,
  and: 'and',
  topic:
    /^\S+ (?:analysis|basics|concepts|design|development|engineering|essentials|fundamentals|keeping|law|literacy|management|methods|planning|preparation|principles|processing|research|safety|science|security|skills|studies|systems|techniques|theory|thinking|tools)$/i,
}

const cs: LanguageWords = {
  intro:
    /^(?:(?:účastník|absolvent|student|studující|učící se|žák)\S* )?(?:(?:umí|dokáže|je schopen|je schopna|bude umět|bude schopen) )?(?:(?:samostatně|kriticky|bezpečně|správně) )?/i,
  verbs: set(
    `analyzuje aplikuje argumentuje budovat číst definuje demonstruje diagnostikuje formuluje hodnotí hodnotit identifikuje implementuje interpretuje klasifikuje konfiguruje
    kontroluje kritizuje měří navrhne navrhuje obhájí obsluhuje odhaduje opraví organizuje ověří píše plánuje popíše použije používá porovná posoudí provede předpoví připraví
    programuje rozlišuje rozpozná řeší řídí sestaví shrne shromáždí spočítá testuje třídí určí uspořádá vede vybere vyčíslí vyhledá vyhodnotí vypočítá vypracuje vysvětlí vytvoří
    využije vyvodí zdůvodní zhotoví zkonstruuje změří zpracuje znázorní`,
  ),
  verbForm: /^\p{L}{1,}(?:at|it|ít|ét|ět|out|ýt|át|ovat|ést|ézt|ci|ct)(?: se| si)?$/u,
  notVerbs: set(
    'plat sešit limit audit kredit inventář pocit byt svět květ internet předmět kvalit aktivit pacient citát inzerát referát posudek',
  ),
  vague: /^(?:zná|znát|ví|vědět|rozumí|rozumět|chápe|chápat|pochop\S*|uvědom\S* si|seznám\S* se|nauč\S* se|ovlád\S*|osvoj\S* si)(?=\s|$)/i,
  low: set(
    'popsat popíše vyjmenovat vyjmenuje uvést uvede definovat definuje identifikovat identifikuje rozpoznat rozpozná pojmenovat pojmenuje označit',
  ),
  doing: set(
    'obsluhovat obsluhuje opravit opraví postavit namontovat svařit svařovat vařit řídit provést ošetřit kalibrovat instalovat smontovat',
  ),
  fullAward: /(?:^|[^\p{L}])(?:diplom\p{L}*|bakalář\p{L}*|magist\p{L}*|inženýr\p{L}*|doktor\p{L}*|vysokoškolsk\p{L}*)(?![\p{L}])/iu,
  and: 'a',
}

const de: LanguageWords = {
  intro:
    /^(?:(?:die |der )?(?:lernenden?|teilnehmenden?|studierenden?|absolvent\S*) )?(?:(?:kann|können|ist in der lage,?|sind in der lage,?) )?/i,
  verbs: set(
    `analysiert anwendet bedient begründet berechnet berät beschreibt bewertet diagnostiziert entwickelt entwirft erklärt erstellt führt gestaltet identifiziert installiert interpretiert
    klassifiziert konfiguriert konstruiert leitet löst misst moderiert ordnet organisiert plant präsentiert programmiert prüft repariert schätzt schreibt unterscheidet untersucht
    vergleicht verwendet wählt wendet zeichnet zeigt`,
  ),
  verbForm: /^[a-zäöüß]{3,}(?:en|ern|eln)$/,
  notVerbs: set(
    'den einen keinen eigenen neuen guten alten verschiedenen digitalen anderen wesentlichen grundlegenden zwischen wegen gegen neben oben daten',
  ),
  verbLast: true,
  vague:
    /^(?:kennen|kennt|wissen|weiß|verstehen|versteht|lernen|lernt|beherrschen|beherrscht)\b|\b(?:kennen|kennenlernen|wissen|verstehen|lernen|erlernen|beherrschen|bewusst sein|vertraut sein)$/i,
  low: set(
    'beschreiben beschreibt nennen nennt auflisten definieren definiert identifizieren identifiziert benennen benennt erkennen erkennt wiedergeben',
  ),
  doing: set(
    'bedienen bedient reparieren repariert bauen montieren schweißen kochen fahren durchführen kalibrieren installieren pflegen behandeln',
  ),
  fullAward: /(?:^|[^\p{L}])(?:diplom|bachelor|master|magister|doktor\p{L}*|promotion|hochschulabschluss|staatsexamen)(?![\p{L}])/iu,
  and: 'und',
}

const fr: LanguageWords = {
  intro:
    /^(?:(?:l['’]apprenante?|l['’]étudiante?|la personne) )?(?:(?:est|sera|être) capable (?:de |d['’])|(?:peut|sait|saura|savoir) |(?:de |d['’]))?/i,
  verbs: set(
    `analyse applique argumente calcule classe communique compare conçoit conduit configure construit contrôle crée décide décrit définit démontre développe diagnostique effectue élabore
    estime évalue explique identifie interprète justifie mesure modélise organise planifie prépare présente produit programme propose rédige répare résout utilise vérifie`,
  ),
  verbForm: /^\p{Ll}{2,}(?:er|ir|oir|re)$/u,
  notVerbs: set(
    'métier papier atelier chantier cahier dossier fichier calendrier hiver premier dernier entier particulier régulier avenir plaisir loisir espoir pouvoir devoir histoire mémoire théorie lettre livre cadre titre ordre nombre genre chiffre offre centre culture lecture nature structure',
  ),
  vague:
    /^(?:connaître|connaitre|savoir|comprendre|apprendre|maîtriser|maitriser|être (?:conscient|familiarisé|sensibilisé)\p{L}*|se familiariser|prendre conscience|acquérir|appréhender)(?=\s|$)/iu,
  low: set('lister décrire identifier nommer définir énumérer citer reconnaître énoncer rappeler'),
  doing: set('réaliser effectuer exécuter construire installer réparer cuisiner souder conduire monter assembler soigner étalonner'),
  fullAward: /(?:^|[^\p{L}])(?:diplômes?|licence|bachelor|master|mastère|doctorat|baccalauréat)(?![\p{L}])/iu,
  and: 'et',
}

const es: LanguageWords = {
  intro: /^(?:(?:el|la) (?:alumn|estudiante|participante|persona)\p{L}* )?(?:(?:es|será|ser) capaz de |(?:puede|podrá|sabe) )?/iu,
  verbs: set(
    `analiza aplica argumenta calcula clasifica comunica compara compone configura construye controla crea decide define demuestra desarrolla describe diagnostica dirige diseña elabora
    estima evalúa explica formula gestiona identifica implementa interpreta justifica mide organiza planifica prepara presenta produce programa propone redacta repara resuelve
    selecciona utiliza verifica`,
  ),
  verbForm: /^\p{Ll}{2,}(?:ar|er|ir|arlo|arse|erse|irse)$/u,
  notVerbs: set(
    'lugar bar hogar mujer taller poder deber ayer alquiler militar familiar escolar particular regular similar singular popular azúcar saber',
  ),
  vague:
    /^(?:conocer|saber|comprender|entender|aprender|dominar|apreciar|ser consciente|estar familiarizad\p{L}*|familiarizarse|tomar conciencia|adquirir)(?=\s|$)/iu,
  low: set('listar enumerar describir identificar nombrar definir reconocer citar recordar enunciar señalar'),
  doing: set('realizar ejecutar construir instalar reparar cocinar soldar conducir montar ensamblar operar calibrar cuidar'),
  fullAward: /(?:^|[^\p{L}])(?:diploma|grado|licenciatura|bachiller\p{L}*|máster|master|doctorado)(?![\p{L}])/iu,
  and: 'y',
}

const languages: Readonly<Record<string, LanguageWords>> = { en, cs, de, fr, es }

/** The words of a language, by its tag; `undefined` where we have none. */
export function wordsOf(tag: string): LanguageWords | undefined {
  return languages[tag.split('-')[0]!]
}

/** Words that a country's authority forbids in titles of small awards, besides those of the language (NZQA: its own name). */
export const forbiddenByCountry: Readonly<Record<string, RegExp>> = {
  NZ: /\b(?:new zealand|national|diploma|degree|bachelor|master|doctor|undergraduate|postgraduate)\b/i,
}

/** Says "micro-credential" in a way we know. */
export const microCredential =
  /micro[\s‐-―-]?(?:credential|certificat|certific|zertifikat|kreden|qualifi|kvalifi|credencial|crédit|creditad|acredita)|mikro[\s‐-―-]?(?:zertifik|creden|kreden|certifik|osvědč|poświadcz|kvalifi|bizony|todist|pätevy)|μικρο[\s-]?διαπίστευ|микро[\s-]?(?:удостовер|квалиф|серти)/iu
