/** Addresses that ETSI TS 119 612 gives to what lists say (annex D and clauses 5.3 to 5.5). */

export const listNamespace = 'http://uri.etsi.org/02231/v2#'
export const additionalNamespace = 'http://uri.etsi.org/02231/v2/additionaltypes#'
export const qualificationsNamespace = 'http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#'

const trustService = 'http://uri.etsi.org/TrstSvc/'

/** Types of services that are asked about (5.5.1). */
export const serviceTypes = {
  qualifiedCertificates: `${trustService}Svctype/CA/QC`,
  qualifiedTimeStamps: `${trustService}Svctype/TSA/QTST`,
} as const

const status = `${trustService}TrustedList/Svcstatus/`
/** Statuses that are a yes (5.5.4): `granted` since eIDAS applies, and the three of the directive before. */
export const grantedStatuses: readonly string[] = [`${status}granted`]
export const supervisedStatuses: readonly string[] = ['undersupervision', 'supervisionincessation', 'accredited'].map(
  (name) => status + name,
)
/** When eIDAS began to apply (Regulation (EU) No 910/2014, article 52): from then on only `granted` counts. */
export const eidasBegins = '2016-07-01T00:00:00Z'

const information = `${trustService}TrustedList/SvcInfoExt/`
/** For what a service issues (5.5.9.4), and what qualifiers say of certificates (5.5.9.2.3). */
export const uses = {
  seals: `${information}ForeSeals`,
  signatures: `${information}ForeSignatures`,
  webSites: `${information}ForWebSiteAuthentication`,
} as const
export const qualifiers = {
  qualified: `${information}QCStatement`,
  notQualified: `${information}NotQualified`,
  seals: `${information}QCForESeal`,
  signatures: `${information}QCForESig`,
  webSites: `${information}QCForWSA`,
  legalPerson: `${information}QCForLegalPerson`,
  withDevice: [`${information}QCWithQSCD`, `${information}QCWithSSCD`, `${information}QCQSCDManagedOnBehalf`],
  withoutDevice: [`${information}QCNoQSCD`, `${information}QCNoSSCD`],
} as const
