// A portal whose clock shows a tenth of a second less than it is.
const late = 100

globalThis.Date = class extends Date {
  constructor(...given: [] | [number]) {
    if (given.length === 0) super(Date.now() - late)
    else super(...given)
  }
} as DateConstructor
