/** What stands before or behind a name, and how much it says that one stands there. */
type Cues = ReadonlyMap<string, number>

function cues(weights: Record<number, string>): Cues {
  return new Map(
    Object.entries(weights).flatMap(([weight, words]) =>
      words.split(/\s+/u).map((word): [string, number] => [word, Number(weight)]),
    ),
  )
}

/** Behind these stands a name, whatever it looks like. */
const introductions: ReadonlySet<string> = new Set(
  '我叫 名叫 名字叫 叫做 本人叫 姓名 名字 联系人 户名 收件人 收货人 签名 署名 落款 真名 实名 名字是 申请人 反映人 举报人 投诉人 当事人 委托人 经办人 法人代表 法定代表人 写信人 留言人 建议人 提议人 代笔人 姓名是 曾用名 我姓名'.split(
    ' ',
  ),
)

const introducing: ReadonlySet<string> = new Set([
  ...Array.from(introductions, (word) => word.at(-1) ?? ''),
  ...'：:，, 是为',
])

/** Whether what ends with this character may introduce a name. */
export function mayIntroduce(character: string | undefined): boolean {
  return introducing.has(character ?? '')
}

const before = cues({
  3: `本人 本人系 邻居 隔壁 村民 居民 业主 同事 战友 工友 老乡 同学 室友 舍友 朋友 老伴 丈夫 妻子 爱人 老公 老婆 媳妇 儿媳妇 男人 女婿 儿子 女儿 闺女 孩子 孙子 孙女
    爸 妈 爹 娘 爸爸 妈妈 父亲 母亲 爷爷 奶奶 姥姥 姥爷 公公 婆婆 岳父 岳母 大哥 哥哥 二哥 三哥 姐姐 大姐 二姐 弟弟 妹妹 堂哥 堂弟 表哥 表弟 表姐 表妹 堂姐 叔叔 二叔 三叔 大伯 伯父 舅舅 大舅 二舅
    姑姑 姨妈 嫂子 大嫂 二嫂 侄子 侄女 外甥 小舅子 小姨子 大舅子 连襟 亲家 老兵 老汉 大爷 大娘 老人 大叔 大妈 大婶 老太太 烈属 户主 房东 租客 租户 店主 个体户 养殖户 种植户 贫困户 脱贫户 监测户 低保户 五保户
    种粮大户 承包户 超限户 农户 包工头 工头 老板 村主任 村支书 支书 村长 会计 村会计 出纳 队长 小队长 组长 村霸 贩子 中介 司机 定损员 护林员 保安 保洁员 监督员 网格员 办事员 业务员 收费员 工作人员 村官 大学生村官
    物业经理 经理 厂长 矿长 负责人 承包人 股东 合伙人 法人 代理人 患者 病人 死者 伤者 家长 学生 学员 老师 班主任 村医 大夫 医生 护士 律师 师傅 徒弟 工匠 传承人 守墓人 带头人 大户 副镇长 镇长 乡长 副乡长 支部书记 村干部 包村干部 驻村干部 第一书记 妇女主任 治保主任 小组长 楼长 管家 保管 水管员 电工 摊主 商户 业户 车主 牧民 果农 菜农 药农 羊倌 木匠 石匠 厨师 校长 园长 辅导员 教练
    收购商 菜贩 房主 开发商 施工员 监理 质检员 柜员 民警 辅警 城管 协管员 执法员 科员 科长 股长 副所长 名叫 叫 找 查 严查 家属 女 男 户 帮助 感谢`,
  2: `我 我是 俺是 俺 我们 我家 俺村 我村 我们村 同村 本村 村里 邻村 联系 举报 控告 投诉 实名举报 替 帮 和 跟 与 给 请 问 娃 哥 姐 弟 妹 叔 伯 舅 姑 姨 嫂 婶 教师 农民 大学生 返乡大学生 社员 职工 工人 同志
    保管员 主任 书记 干部 副主任 校长 园长 院长 所长 站长 社长 理事长 人 名 者 员 系 是 写 如 像 户主是 原告 被告 工头叫 乡亲 党员 代表 委员 的`,
})

/** Somebody of whom is said what is said of persons. */
const behind = cues({
  3: '是我 老汉 老人 大爷 大娘 大妈 大婶 大嫂 大姐 大哥 老太太 老两口 两口子 夫妻 夫妇 兄弟 弟兄 姐妹 父子 母女 师傅 老师傅 老师 医生 大夫 同学 先生 女士 小朋友 一家 家里 等人 三人 两人 二人 四人 三个人 两个人 三户 两户 本人 的儿子 的女儿 的丈夫 的妻子 的母亲 的父亲 他爸 他妈 律师 村医 护士 阿姨 叔叔 爷爷 奶奶 婶子 三家 两家',
  2: '家 户 收 敬上 手机 电话 身份证 联系 欠 霸占 带着 带头 住院 患 得 今年 当 不 打 骗 拿 说 代表 补充 守 瘫 残 的身份证 的电话 的手机 名下 名字 女 男',
  1: '是 在 把 被 给 让 来 去 有 于 的 和 与 也 都 收了 要 会 做 种 养 找 替 从 对 这 那 五 三 两 都 反映 举报 申请 提出 建议 同意 希望 一',
})

/** Behind these the person is honoured in public, or holds a public office: it is no private name. */
const honours =
  /^(?:烈士|将军|元帅|总司令|司令|精神|纪念馆|纪念碑|故居|旧居|旧址|故里|事迹|总理|主席|总书记|委员长|诗人|作家|省长|市长|县长|区长|副省长|副市长|副县长|厅长|部长|局长|副局长|县委书记|市委书记|常委)/u
/** Before these as well. */
const offices =
  /(?:省长|市长|县长|区长|厅长|部长|局长|县委书记|市委书记|省委书记|总书记|总理|主席|委员长|元帅|将军|烈士|英雄|作家|诗人|院士|影星|歌手|演员|导演|皇帝|名将)$/u

export function isPublicBetween(left: string, right: string): boolean {
  return honours.test(right) || offices.test(left)
}

/** What stands right before a name: its weight, the words, and whether they introduce one whatever it looks like. */
export interface Cue {
  weight: number
  word: string
  introduces: boolean
}

const parting = /[：:，,、。；;！!？?（()）“"”「」《》\s—\-.…~/|]$/u
const saying = /(?:名字?叫|叫做|叫|是|为|系|[：:]|[（(，, ])$/u

/** @param text what stands before, some ten characters; '' at the beginning of a text */
export function cueBefore(text: string): Cue {
  let best: Cue = { weight: text === '' || parting.test(text) ? 1 : 0, word: '', introduces: false }
  let rest = text
  for (let loss = 0; loss < 3; loss++) {
    for (let length = 6; length > 0; length--) {
      const word = rest.slice(-length)
      if (word.length < length) continue
      if (introductions.has(word)) return { weight: 5, word, introduces: true }
      const weight = (before.get(word) ?? 0) - (loss > 0 && /[，, ]$/u.test(text) ? 1 : 0)
      if (weight > best.weight) best = { weight, word, introduces: false }
    }
    const said = saying.exec(rest)?.[0]
    if (!said) break
    rest = rest.slice(0, -said.length)
  }
  return best
}

/** @param text what stands behind, some six characters; '' at the end of a text */
export function cueBehind(text: string): Pick<Cue, 'weight' | 'word'> {
  for (let length = 4; length > 0; length--) {
    const word = text.slice(0, length)
    const weight = behind.get(word)
    if (word.length === length && weight !== undefined && !/^家[庄村里具庭长乡畜电用园门]/u.test(text))
      return { weight, word }
  }
  if (text === '') return { weight: 1, word: '' }
  if (/^[，,、：:；;\s]*[（(]?(?:\d{6,}|1[3-9]\d)/u.test(text)) return { weight: 3, word: '' }
  return { weight: /^[，,、。；;！!？?（(）)”"\s—…]/u.test(text) ? 1 : /^\d/.test(text) ? 1 : 0, word: '' }
}
