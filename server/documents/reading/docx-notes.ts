const sentences = {
  tracked: () => '文件里有修订痕迹，已按“接受全部修订”读取。',
  hidden: (count: number) => `有 ${count} 处隐藏文字没有读取。`,
  comments: (count: number) => `有 ${count} 条批注没有读取。`,
  pictures: (count: number) => `有 ${count} 张图片没有读取。`,
  objects: (count: number) => `有 ${count} 个嵌入对象没有读取，请核对其中有没有正文。`,
  footnotes: (count: number) => `有 ${count} 条脚注、尾注，以〔注：…〕写在引用的地方。`,
  boxes: (count: number) => `有 ${count} 个文本框，其中的文字放在所在段落之后。`,
  formulas: (count: number) => `有 ${count} 个公式按文字读取，请核对。`,
  symbols: (count: number) => `有 ${count} 个特殊符号以□代替，请核对。`,
  external: (count: number) => `文件引用了 ${count} 处外部内容，没有读取。`,
  embedded: (count: number) => `文件里嵌入了 ${count} 份其他文档，没有读取，请把其中的文字复制到正文里。`,
  margins: () => '页眉、页脚不作为正文读取。',
  macros: () => '文件里的宏没有读取，也不会运行。',
}

/** What the person should know about how a document was read. */
export class Notes {
  private readonly counts = new Map<keyof typeof sentences, number>()

  add(subject: keyof typeof sentences, count = 1): void {
    this.counts.set(subject, (this.counts.get(subject) ?? 0) + count)
  }

  /** One Chinese sentence a subject. */
  sentences(): string[] {
    return [...this.counts].map(([subject, count]) => sentences[subject](count))
  }
}
