const browsers: [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/QQBrowser\//, 'QQ 浏览器'],
  [/360SE|360EE|QihooBrowser/, '360 浏览器'],
  [/Firefox\//, '火狐'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const systems: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, '鸿蒙'],
  [/Android/, '安卓'],
  [/iPhone|iPad/, '苹果手机或平板'],
  [/Windows/, 'Windows'],
  [/Macintosh/, 'Mac'],
  [/Linux/, 'Linux'],
]

/** What people call the browser that sends this User-Agent: 「Chrome · Windows」. */
export function browserName(agent: string): string {
  const named = [browsers, systems].flatMap(
    (names) => names.find(([pattern]) => pattern.test(agent))?.[1] ?? [],
  )
  return named.join(' · ') || '未知浏览器'
}
