/** Where citizens find the portal, or wait for it. */
export class Gate {
  #lead: (address: string) => void = () => {}
  #address = new Promise<string>((resolve) => {
    this.#lead = resolve
  })

  get open(): Promise<string> {
    return this.#address
  }

  leadTo(address: string): void {
    this.#lead(address)
  }

  /** Whoever comes now waits for the next address. */
  shut(): void {
    this.#address = new Promise((resolve) => {
      this.#lead = resolve
    })
  }
}
