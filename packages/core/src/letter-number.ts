/** How a letter is named that cannot be shown: by its number in Unicode, as in `U+5C0F`. */
export const letterNumber = (letter: string): string => `U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
