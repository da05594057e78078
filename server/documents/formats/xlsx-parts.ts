const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaging = 'http://schemas.openxmlformats.org/package/2006'

/** Places in the list of cell formats that {@link styles} writes. */
export const cellStyles = { text: 1, header: 2, number: 3, instant: 4, quotedText: 5 } as const

const xml = (text: string) => Buffer.from(declaration + text)

/** xl/styles.xml. `quotePrefix` is Excel's own apostrophe: a text that stays a text when someone edits the cell. */
export function styles(): Buffer {
  const format = (attributes: string, alignment: string) =>
    `<xf xfId="0" borderId="0" applyAlignment="1" ${attributes}><alignment ${alignment}/></xf>`
  return xml(
    `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF0ECE4"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6">${[
      format('fontId="0" fillId="0" numFmtId="0"', 'vertical="top"'),
      format('fontId="0" fillId="0" numFmtId="49" applyNumberFormat="1"', 'vertical="top" wrapText="1"'),
      format(
        'fontId="1" fillId="2" numFmtId="0" applyFont="1" applyFill="1"',
        'vertical="center" wrapText="1"',
      ),
      format('fontId="0" fillId="0" numFmtId="0"', 'vertical="top"'),
      format(
        'fontId="0" fillId="0" numFmtId="164" applyNumberFormat="1"',
        'vertical="top" horizontal="left"',
      ),
      format(
        'fontId="0" fillId="0" numFmtId="49" quotePrefix="1" applyNumberFormat="1"',
        'vertical="top" wrapText="1"',
      ),
    ].join('')}</cellXfs></styleSheet>`,
  )
}

/** xl/workbook.xml: the sheets by name, the first one open, row 1 of each repeated in print. */
export function workbook(names: string[]): Buffer {
  const sheets = names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
  const titles = names.map(
    (name, i) => `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">'${name}'!$1:$1</definedName>`,
  )
  return xml(
    `<workbook xmlns="${main}" xmlns:r="${office}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>${sheets.join('')}</sheets><definedNames>${titles.join('')}</definedNames></workbook>`,
  )
}

/** xl/_rels/workbook.xml.rels */
export function workbookRelations(sheetCount: number): Buffer {
  const sheets = Array.from(
    { length: sheetCount },
    (_, i) =>
      `<Relationship Id="rId${i + 1}" Type="${office}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
  )
  return xml(
    `<Relationships xmlns="${packaging}/relationships">${sheets.join('')}<Relationship Id="rId${sheetCount + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  )
}

/** _rels/.rels */
export function rootRelations(): Buffer {
  return xml(
    `<Relationships xmlns="${packaging}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  )
}

/** [Content_Types].xml */
export function contentTypes(sheetCount: number): Buffer {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const sheets = Array.from(
    { length: sheetCount },
    (_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${type}.worksheet+xml"/>`,
  )
  return xml(
    `<Types xmlns="${packaging}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${sheets.join('')}</Types>`,
  )
}
