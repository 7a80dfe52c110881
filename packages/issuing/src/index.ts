export { type AwardForm, type AwardToSign, type FormGiven, signLinted } from './award-form.ts'
export { editionFor } from './edition-in-part.ts'
export { openBadgeForm } from './open-badge-form.ts'
export { learningCredentialForm, microCredentialForm, publishedTypes } from './sd-jwt-form.ts'
