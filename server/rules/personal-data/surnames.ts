/** Surnames of one character; the rare ones too, since a rare name tells most. */
const ordinary =
  '王李张刘陈杨赵吴周徐孙胡朱郭何罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范姚谭廖邹熊陆郝孔崔邱秦顾侯邵孟龙段漕钱汤尹黎常武乔贺赖龚庞樊兰殷施陶洪翟颜倪严牛芦季俞章鲁' +
  '葛韦毕聂焦邢骆岳齐梅庄辛管祝左涂耿欧凌尤裴翁柯阮桂阳甘屈鲍覃霍翦敖费郁柴蒙鞠晁冀郗缪郜盖岑亓荀芮羿储靳邴糜井巫乌弓牧隗宓蓬郄班仰仇栾暴钭厉戎祖符景詹束幸司韶印宿怀蒲邰鄂索咸籍卓蔺屠池胥苍闻莘党贡劳逄姬' +
  '申堵冉宰郦雍郤璩桑濮扈燕尚农瞿慕茹习宦艾容古易慎戈终暨居衡步匡寇东殳沃利蔚越夔隆师巩厍晃勾融冷訾阚那简饶空沙乜养丰巢关蒯相查后荆红游竺权逯益桓仉督帅缑亢况郈有琴归海晋楚闫法汝鄢佟苗卜米花方任柳酆史雷滕' +
  '安乐于时皮卞康伍元平黄和穆湛祁毛禹狄臧计伏成茅纪舒项路危江童林高万支昝莫经房裘干解应宗宣贲单杭包诸石吉钮嵇滑荣仲宫宁甄家封富山谷车全水窦白强羊於惠麴曲甫邸双晏充连向广阙仝原药续降边贠尉薄卫温过弥牟兀拜' +
  '展战仵母禚邬昌郎盛隋麻门肖代付苑哈鹿楼刑郏岐凤鲜由撖弋銮库苟钞郐蔄线锁矫闪盘曳冮侴呼延褚华金戚喻柏云奚马廉贝明谈蓝闵席娄刁虞汲松巴秋伊蓟从阴能寿通浦别鱼庾都满弘国文禄毋须冼邝揭蹇栗郇厚尧卯拓昔智朴税令' +
  '图铁虎豆操粟佘辜谌粱禤信青折巨郧琚敬撒忽迟南来普衣雒初丛官綦公'
const compound = `欧阳 司马 上官 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 申屠 呼延 司徒 司空 宇文 长孙 端木 东方 独孤 南宫 轩辕 百里
  东郭 西门 相里 拓跋 赫连 澹台 公冶 宗政 濮阳 淳于 单于 太叔 公羊 钟离 闻人 鲜于 闾丘 亓官 司寇 仉督 子车 颛孙
  巫马 公西 漆雕 乐正 壤驷 公良 夹谷 宰父 谷梁 段干 左丘 东门 羊舌 微生 梁丘 第五 完颜 纳兰 叶赫 爱新 那拉 贺兰
  耶律 万俟`

const single: ReadonlySet<string> = new Set(ordinary)
const double: ReadonlySet<string> = new Set(compound.split(/\s+/u))
/** Surnames that are words, or parts of many. */
const words: ReadonlySet<string> = new Set(
  '高黄任成时安于方万石白林和向路车温常水全党古关管项计双东海平解干支利强包富山谷羊充连广红权益养门楼锁原降续边药卫步终容易简丰帅乐房荣宁封冷盛沙花米符景习印束司怀祖楚阳季章钱费段苗晋冀孔左牛毛周祝汤' +
    '雷游尚鹿竺危童甘华云松寿铁虎南敬智厚池秋伊尧昔豆巨贝',
)
/** Surnames with which hardly anybody is called, and many sentences go on. */
const particles: ReadonlySet<string> = new Set(
  '和弘关能别从撒谈明文元居那有家班哈籍储空法师相后经归应过查况由线库战展母越单付代农都通国令图公信青普初官补须税满来',
)

/** How many characters the surname has with which a text goes on at a place; 0 for none. */
export function surnameAt(text: string, place: number): 0 | 1 | 2 {
  if (double.has(text.slice(place, place + 2))) return 2
  return single.has(text[place] ?? '') ? 1 : 0
}

/** How much a surname says that a name begins with it. */
export function surnameScore(surname: string): number {
  if (surname.length === 2) return 2
  if (!single.has(surname)) return -3
  return particles.has(surname) ? -2.5 : words.has(surname) ? -1 : 0.5
}
