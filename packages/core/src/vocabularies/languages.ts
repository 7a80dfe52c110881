/**
 * Languages: ISO 639-1 codes and the code of the EU authority list (ISO 639-3 in capitals). Names are left to `Intl.DisplayNames` at the screen.
 * Facts from ISO 639 and the European Learning Model, `xsd/loq/cv/language.xsd`.
 */
export const languageScheme = 'http://publications.europa.eu/resource/authority/language'

const pairs =
  'aaAAR abABK aeAVE afAFR akAKA amAMH anARG arARA asASM avAVA ayAYM azAZE baBAK beBEL bgBUL biBIS bmBAM bnBEN boBOD brBRE bsBOS caCAT ' +
  'ceCHE chCHA coCOS crCRE csCES cuCHU cvCHV cyCYM daDAN deDEU dvDIV dzDZO eeEWE elELL enENG eoEPO esSPA etEST euEUS faFAS ffFUL fiFIN ' +
  'fjFIJ foFAO frFRA fyFRY gaGLE gdGLA glGLG gnGRN guGUJ gvGLV haHAU heHEB hiHIN hoHMO hrHRV htHAT huHUN hyHYE hzHER iaINA idIND ieILE ' +
  'igIBO iiIII ikIPK ioIDO isISL itITA iuIKU jaJPN jvJAV kaKAT kgKON kiKIK kjKUA kkKAZ klKAL kmKHM knKAN koKOR krKAU ksKAS kuKUR kvKOM ' +
  'kwCOR kyKIR laLAT lbLTZ lgLUG liLIM lnLIN loLAO ltLIT luLUB lvLAV mgMLG mhMAH miMRI mkMKD mlMAL mnMON mrMAR msMSA mtMLT myMYA naNAU ' +
  'nbNOB ndNDE neNEP ngNDO nlNLD nnNNO noNOR nrNBL nvNAV nyNYA ocOCI ojOJI omORM orORI osOSS paPAN piPLI plPOL psPUS ptPOR quQUE rmROH ' +
  'rnRUN roRON ruRUS rwKIN saSAN scSRD sdSND seSME sgSAG siSIN skSLK slSLV smSMO snSNA soSOM sqSQI srSRP ssSSW stSOT suSUN svSWE swSWA ' +
  'taTAM teTEL tgTGK thTHA tiTIR tkTUK tnTSN toTON trTUR tsTSO ttTAT tyTAH ugUIG ukUKR urURD uzUZB veVEN viVIE voVOL waWLN woWOL xhXHO ' +
  'yiYID yoYOR zaZHA zhZHO zuZUL'

/** `en` to `ENG`, for every language of ISO 639-1. */
export const languageCodes: ReadonlyMap<string, string> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ pairs.split(' ').map((pair) => [pair.slice(0, 2), pair.slice(2)] as const),
)

/** The IRI of a language tag's language in the EU authority list: `en-GB` is `…/language/ENG`. */
export function languageIri(tag: string): string {
  const primary = tag.split('-')[0]!.toLowerCase()
  return `${languageScheme}/${languageCodes.get(primary) ?? primary.toUpperCase()}`
}

/** The shortest language tag of an IRI of the EU authority list; `undefined` when it is none. */
export function languageTag(iri: string): string | undefined {
  const code = iri.startsWith(`${languageScheme}/`) ? iri.slice(languageScheme.length + 1) : ''
  if (!/^[A-Z]{3}$/.test(code)) return undefined
  for (const [tag, three] of languageCodes) if (three === code) return tag
  return code.toLowerCase()
}
