/**
 * The sheet as Typst source. It reads files that are handed to it and prints texts as texts: nothing in a title is ever markup (R-TPL-1). What the
 * renderer has evaluated and laid out is kept from sheet to sheet, but only where nothing of a learner was read: what all sheets of an edition share is one
 * file, what is one learner's another, which is opened within a `context` alone, as late as can be. Around it stand blocks that are found again whole. The
 * metadata names no learner, and no rule (`set`) does, for rules are part of every piece below them. Pages are numbered by who hands them in, for asking the
 * renderer costs a second round of layout; without `pages` it is asked.
 * A letter with a mark that our own font lacks came out empty where only that one was taken from another font, so that such a line is set in the other.
 */
export const certificateTemplate = `
#let data = json("/edition.json")
#let award() = json("/award.json")
#let fonts = data.fonts
#let pages = data.pages
#let ink = rgb("#1f2421")
#let soft = rgb("#565b57")
#let hair = rgb("#cdd3ce")
#let accent = rgb("#2f6f5e")
#let first = data.faces.at(0)
#let direction(rtl-text) = if rtl-text { rtl } else { ltr }
#let say(line) = if line.marks { text(dir: direction(line.rtl), font: ("Noto Sans", ..fonts), line.text) } else { text(dir: direction(line.rtl), line.text) }
#let large(size, line, weight: 600) = { set text(size: size * 1pt, weight: weight); par(leading: 0.5em, say(line)) }
#let rule = line(length: 100%, stroke: 0.6pt + hair)

#set document(title: first.title.text, author: data.issuer)
#set page(paper: "a4", margin: (x: 25mm, top: 24mm, bottom: 25mm))
#set text(font: fonts, size: 10.5pt, fill: ink, fallback: true, hyphenate: false)
#set par(leading: 0.62em, spacing: 0.8em)
#show heading: set text(weight: 600)
#show heading: set block(above: 0pt, below: 0pt)
#show heading.where(level: 2): set text(size: 10.5pt, fill: accent)

#let foot(number, rtl-text) = context {
  set text(size: 8pt, fill: soft, font: fonts, dir: direction(rtl-text))
  let count = if pages == none [#counter(page).display() / #counter(page).final().first()] else [#number / #pages]
  text(lang: "en", dir: ltr, if rtl-text [#count #h(1fr) #award().id] else [#award().id #h(1fr) #count])
}
#let head(at, title, rtl-text) = context {
  set text(size: 8.5pt, fill: soft, font: fonts, dir: direction(rtl-text))
  set align(if rtl-text { right } else { left })
  [#say(title) · #say(award().faces.at(at).learner)]
}
#let frame = place(center + horizon, rect(width: 100% - 20mm, height: 100% - 20mm, radius: 2mm, stroke: 0.8pt + accent))

#let front(at, face) = {
  set align(center)
  block({
    image(bytes(data.stone), format: "svg", height: 30mm, alt: face.words.stone)
    v(4mm)
    par(text(size: 11pt, fill: accent, weight: 600, say(face.kind)))
    v(5mm)
    heading(level: 1, { set text(size: face.title.size * 1pt); par(leading: 0.5em, say(face.title)) })
    v(8mm)
    par(text(size: 11.5pt, fill: soft, face.words.awardedTo))
  })
  v(1.5mm)
  context { let learner = award().faces.at(at).learner; large(learner.size, learner) }
  v(1.5mm)
  block({
    line(length: 24mm, stroke: 1.2pt + accent)
    v(1.5mm)
    par(text(size: 11.5pt, fill: soft, face.words.awardedBy))
    large(face.awardingBody.size, face.awardingBody)
    if face.description.text != "" { v(4mm); block(width: 130mm, par(say(face.description))) }
  })
  v(1fr)
  rule
  v(2.5mm)
  context for row in award().faces.at(at).facts.chunks(3) {
    let width = (100% - 6mm * (row.len() - 1)) / row.len()
    stack(dir: direction(face.rtl), spacing: 6mm, ..row.map(fact => block(width: width, {
      par(spacing: 0.5em, text(size: 9pt, fill: soft, fact.name))
      par(text(weight: 600, say(fact.value)))
    })))
    v(2.5mm)
  }
  rule
  v(1fr)
  block(width: 100%, {
    set align(horizon + if face.rtl { right } else { left })
    stack(dir: direction(face.rtl), spacing: 7mm,
      context image(bytes(award().qr), format: "svg", width: 32mm, alt: face.words.qr),
      block(width: 100% - 39mm, {
        par(strong(face.words.scan))
        context par(text(lang: "en", dir: ltr, size: 9pt, award().address))
        par(text(size: 9pt, fill: soft, face.words.truth))
      }))
  })
}

#let back(face) = {
  set align(if face.rtl { right } else { left })
  let row(title, body) = { rule; v(1mm); grid(columns: (42mm, 1fr), column-gutter: 6mm, heading(level: 2, title), body); v(2.5mm) }
  if face.outcomes.len() > 0 { row(face.words.outcomes, list(spacing: 0.8em, marker: text(fill: accent, sym.bullet), ..face.outcomes.map(say))) }
  for part in face.sections {
    row(part.title, for (at, group) in part.groups.enumerate() {
      if at > 0 and group.len() > 1 { v(1.2mm) }
      par(say(group.first()))
      for detail in group.slice(1) { par(spacing: 0.5em, text(size: 9.5pt, fill: soft, say(detail))) }
    })
  }
}

#for (at, face) in data.faces.enumerate() {
  set text(lang: face.language, dir: direction(face.rtl))
  page(footer: foot(face.front, face.rtl), background: frame, front(at, face))
  if face.outcomes.len() > 0 or face.sections.len() > 0 {
    page(header: head(at, face.title, face.rtl), footer: foot(face.back, face.rtl), block(width: 100%, back(face)))
  }
}
`
