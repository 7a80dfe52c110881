/**
 * Countries: ISO 3166-1 alpha-2 and the code of the EU authority list (mostly alpha-3). Names are left to `Intl.DisplayNames` at the screen.
 * Facts from ISO 3166 and the European Learning Model, `xsd/loq/cv/country.xsd`.
 */
export const countryScheme = 'http://publications.europa.eu/resource/authority/country'

const pairs =
  'ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB BDBGD BEBEL BFBFA BGBGR ' +
  'BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV ' +
  'CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ' +
  'ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ ' +
  'GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA ' +
  'JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO ' +
  'LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS ' +
  'MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG ' +
  'PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP ' +
  'SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFFQ0 TGTGO THTHA TJTJK TKTKL ' +
  'TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT ' +
  'WFWLF WSWSM XK1A0 YEYEM YTMYT ZAZAF ZMZMB ZWZWE'

/** `IE` to `IRL`. */
export const countryCodes: ReadonlyMap<string, string> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ pairs.split(' ').map((pair) => [pair.slice(0, 2), pair.slice(2)] as const),
)

/** The IRI of a country in the EU authority list: `IE` is `…/country/IRL`; `undefined` for a code that is no country. */
export function countryIri(alpha2: string): string | undefined {
  const code = countryCodes.get(alpha2)
  return code && `${countryScheme}/${code}`
}

/** The alpha-2 code of an IRI of the EU authority list of countries, or of administrative units in it (`…/atu/IRL_CTH_DUB`). */
export function countryOf(iri: string): string | undefined {
  const code = /\/authority\/(?:country|atu)\/([A-Z0-9]{3})(?:_|$)/.exec(iri)?.[1]
  if (code) for (const [alpha2, three] of countryCodes) if (three === code) return alpha2
  return undefined
}
