interface Named {
  label: string | null
  heading: string | null
  citation: string
}

/** What a clause is called in outlines and titles: （八）建设完善现代化基础设施; without a heading, how it is cited. */
export function clauseName({ label, heading, citation }: Named): string {
  const title = heading?.replace(/[。；：]$/u, '')
  return title ? `${label ?? ''}${title}` : citation
}
