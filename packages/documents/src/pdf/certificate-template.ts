/**
 * The sheet as Typst source. It reads three files that are handed to it and prints texts as texts: nothing in a title is ever markup (R-TPL-1). What the
 * renderer has laid out is kept from sheet to sheet, but only where nothing of a learner stands in a rule (`set`), nor in what a rule refers to: rules are
 * part of every piece below them. So the footer reads the number of the credential from a file, and the metadata has none.
 * A letter with a mark that our own font lacks came out empty where only that one was taken from another font, so that such a line is set in the other.
 */
export const certificateTemplate = `
#let data = json("/data.json")
#let fonts = data.fonts
#let ink = rgb("#1c1b19")
#let soft = rgb("#5b574f")
#let line-colour = rgb("#cfc8bb")
#let first = data.faces.at(0)
#set document(title: first.title.text, author: data.issuer)
#set page(paper: "a4", margin: (x: 22mm, top: 20mm, bottom: 24mm), footer: context {
  set text(size: 8pt, fill: soft, font: fonts)
  grid(columns: (1fr, auto), column-gutter: 8mm,
    text(lang: "en", dir: ltr, read("/id.txt")),
    [#counter(page).display() / #counter(page).final().first()])
})
#set text(font: fonts, size: 10.5pt, fill: ink, fallback: true, hyphenate: false)
#set par(leading: 0.62em, spacing: 0.9em)
#show heading: set text(weight: 600)
#show heading.where(level: 1): set text(size: 25pt)
#show heading.where(level: 2): set text(size: 11.5pt)
#show heading.where(level: 2): set block(above: 1.3em, below: 0.5em)
#pdf.attach("credential.jsonld", read("/sealed", encoding: none), relationship: "source", mime-type: data.mediaType, description: first.words.sealedFile)

#let direction(rtl-text) = if rtl-text { rtl } else { ltr }
#let say(line) = if line.marks { text(dir: direction(line.rtl), font: ("Noto Sans", ..fonts), line.text) } else { text(dir: direction(line.rtl), line.text) }
#let rule = line(length: 100%, stroke: 0.6pt + line-colour)

#for (at, face) in data.faces.enumerate() [
  #if at > 0 { pagebreak() }
  #set text(lang: face.language, dir: direction(face.rtl))
  #set align(if face.rtl { right } else { left })
  #grid(columns: (1fr, auto), column-gutter: 10mm,
    [
      #text(size: 11pt, fill: soft, weight: 600, say(face.kind))
      #v(2mm)
      #heading(level: 1, say(face.title))
      #v(9mm)
      #par(text(size: 12pt, fill: soft, face.words.awardedTo))
      #par(text(size: 21pt, weight: 600, say(face.learner)))
      #v(3mm)
      #par(text(size: 12pt, fill: soft, face.words.awardedBy))
      #par(text(size: 15pt, weight: 600, say(face.awardingBody)))
    ],
    image(bytes(data.stone), format: "svg", width: 46mm, alt: face.words.stone),
  )
  #v(7mm)
  #rule
  #v(1mm)
  #grid(columns: (46mm, 1fr), column-gutter: 6mm, row-gutter: 3.2mm, align: horizon,
    ..face.facts.map(fact => (text(fill: soft, fact.name), say(fact.value))).flatten())
  #v(1mm)
  #rule
  #if face.description.text != "" { v(2mm); par(say(face.description)) }
  #v(1fr)
  #block(breakable: false, width: 100%)[
    #rule
    #v(1mm)
    #grid(columns: (auto, 1fr), column-gutter: 7mm, align: horizon,
      image(bytes(data.qr), format: "svg", width: 34mm, alt: face.words.qr),
      [
        #par(strong(face.words.scan))
        #par(text(lang: "en", dir: ltr, size: 9pt, data.address))
        #par(text(size: 9pt, fill: soft, face.words.truth))
      ])
  ]
  #if face.outcomes.len() > 0 or face.sections.len() > 0 [
    #pagebreak()
    #par(text(size: 9pt, fill: soft)[#say(face.title) · #say(face.learner)])
    #if face.outcomes.len() > 0 {
      heading(level: 2, face.words.outcomes)
      list(spacing: 0.8em, ..face.outcomes.map(say))
    }
    #for part in face.sections {
      heading(level: 2, part.title)
      for line in part.lines { par(say(line)) }
    }
  ]
]
`
