/** A member of staff of a demonstration, who signed in by the address that it printed for them. */
export class StaffVisitor {
  readonly #address: string
  readonly #cookies = new Map<string, string>()
  #csrf = ''

  static async signedIn(said: string, name: string): Promise<StaffVisitor> {
    const [, entrance = ''] =
      new RegExp(`${name}\\t(http://127\\.0\\.0\\.1:\\d+/staff/demonstration/\\S+)`).exec(said) ?? []
    const visitor = new StaffVisitor(new URL(entrance).origin)
    await visitor.ask(new URL(entrance).pathname)
    return visitor
  }

  private constructor(address: string) {
    this.#address = address
  }

  /** Opens a page, or sends the fields of a form with the token of the last page. */
  async ask(path: string, fields?: Record<string, string>) {
    const answer = await fetch(`${this.#address}${path}`, {
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; ') },
      ...(fields ? { method: 'POST', body: new URLSearchParams({ _csrf: this.#csrf, ...fields }) } : {}),
    })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      this.#cookies.set(name, value)
    }
    const text = await answer.text()
    this.#csrf = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? this.#csrf
    return { status: answer.status, location: answer.headers.get('location') ?? '', text }
  }
}
