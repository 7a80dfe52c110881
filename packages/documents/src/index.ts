/** @module Signed facts to pictures, QR codes and mail text. No socket. */
export { addFonts, fontsCover } from './display-fonts.ts'
export { mailHtml } from './mail-html.ts'
export {
  type MailTemplate,
  mailLanguages,
  mailTemplateProblems,
  type OwnMailKind,
  ownMailPlaces,
  previewMail,
  standardTemplate,
} from './mail-template.ts'
export { type MailData, type MailText, mailText } from './mail-text.ts'
export type { MailKind } from './mail-words.ts'
export { type CertificateGiven, fingerprintOf, renderCertificate } from './pdf/render-certificate.ts'
export { type PdfSealing, sealPdf } from './pdf/seal-pdf.ts'
export { qrSvg } from './qr-svg.ts'
export { largestBadge, readBadge, renderBadge } from './read-badge.ts'
export { drawFaces, renderDisplayDrawing, renderDisplayImages } from './render-display-images.ts'
