/** Persons of history and of public life, of whom citizens speak as of places: their names stay. */
const figures: ReadonlySet<string> = new Set(
  `毛泽东 周恩来 朱德 刘少奇 邓小平 陈云 任弼时 彭德怀 刘伯承 贺龙 陈毅 罗荣桓 徐向前 聂荣臻 叶剑英 左权 李大钊 瞿秋白 方志敏 刘志丹 谢子长 杨靖宇 赵一曼 赵尚志 董存瑞
  黄继光 邱少云 张思德 刘胡兰 雷锋 焦裕禄 孔繁森 王进喜 谷文昌 李保国 黄文秀 张桂梅 申纪兰 李顺达 陈永贵 郭凤莲 赵树理 丁玲 白求恩 袁隆平 钟南山 钱学森 邓稼先 黄大年 南仁东
  习近平 胡锦涛 江泽民 李克强 李强 温家宝 朱镕基 李鹏 华国锋 薄一波 彭真 陈赓 杨成武 徐海东 黄克诚 杨献珍 续范亭 高君宇 贺昌 尹灵芝 李林 范子侠 郭国言 关向应 杨尚昆 杨勇 宋任穷
  孙中山 蒋介石 阎锡山 傅作义 鲁迅 郭沫若 茅盾 老舍 巴金 关羽 关公 尧舜 武则天 狄仁杰 白居易 王维 王勃 柳宗元 司马光 司马迁 元好问 罗贯中 傅山 于成龙 陈廷敬 李白 杜甫 苏轼 诸葛亮
  孔子 孟子 荀子 霍去病 卫青 薛仁贵 杨家将 杨业 岳飞 文天祥 戚继光 林则徐 马克思 恩格斯 列宁`.split(/\s+/u),
)

export function isPublicFigure(name: string): boolean {
  return figures.has(name)
}
