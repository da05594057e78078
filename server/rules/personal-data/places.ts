/** Places whose names begin like those of persons. */
const places: ReadonlySet<string> = new Set(
  `吕梁 晋北 晋南 晋中 晋城 晋东 晋西 晋绥 晋察 晋冀 晋陕 冀鲁 冀中 冀南 京津 鲁西 鲁南 左云 左权 和顺 平定 平遥 平顺 平陆 平鲁 石楼 石家 方山 阳曲 阳泉 阳城 阳高 古交 古县 安泽 安阳
  高平 高速 武乡 黎城 黎霍 万荣 万柏 夏县 闻喜 祁县 祁离 乐平 岳阳 山西 山东 山阴 广灵 广东 广西 浑源 灵丘 应县 怀仁 怀柔 代县 宁武 宁夏 宁波 静乐 神池 五寨 岢岚 河曲 保德 偏关 兴县 临县 柳林 汾阳 孝义 交口
  交城 文水 中阳 离石 盂县 寿阳 昔阳 榆社 榆次 太谷 介休 灵石 襄垣 襄汾 壶关 长子 长治 屯留 潞城 潞州 沁县 沁源 沁水 陵川 泽州 翼城 曲沃 侯马 霍州 洪洞 汾西 蒲县 隰县 大宁 永和 吉县 乡宁 浮山
  绛县 垣曲 稷山 新绛 河津 永济 芮城 临猗 盐湖 辛安 娄烦 温州 常州 常德 黄山 黄石 黄河 黄土 高原 高新 成都 金华 白云 马来 林州 林区 石家庄 南京 南阳 南方 东北 西北 东南 西南 海南 海外 江苏 江西 江南 湖南
  云南 贵州 贵阳 贵委 贵局 贵单 华北 华东 梁山 管涔 苏州 杭州 郑州 徐州 包头 鄂尔 宋家 汾河 漳河 沁河 桑干 万达 汤阴 岳麓 洛阳 济南 单位 单元 万元 万吨 万亩 万人 万户`.split(
    /\s+/u,
  ),
)
const kindsOfPlaces =
  /^.{1,3}(?:家?[庄沟村寨屯堡坡峪塔湾岭坪圪垴]|[镇乡县市区河桥寺庙]|家[庄沟村寨屯堡坡峪湾岭坪河]|水库|小学|中学|学院|大学|公司|合作社|医院|煤矿|酒|精神)/u

/** Whether a place goes on from here that is called like a person may be: 吕梁, 王家庄. */
export function isPlaceAt(text: string, start: number): boolean {
  if (places.has(text.slice(start, start + 2))) return true
  return (
    kindsOfPlaces.test(text.slice(start, start + 8)) &&
    !/^.{2,3}家[的有里]/u.test(text.slice(start, start + 6))
  )
}
