/** The verifier as one file: everything is in it, and it asks nobody for anything. */
import { mount } from 'svelte'
import style from '#lib/design/base.css?inline'
import VerifierFile from './VerifierFile.svelte'

const sheet = document.createElement('style')
sheet.textContent = style
document.head.prepend(sheet)
mount(VerifierFile, { target: document.body })
