import type { Command } from 'commander'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { personalData } from '../../db/queries/upkeep/anonymisation.ts'
import { overwrite } from '../jobs/erasures.ts'
import { removePersonalData } from '../jobs/retentions.ts'
import { CommandError } from './command-error.ts'
import type { Terminal } from './terminal.ts'
import { withPortal } from './with-portal.ts'

/** portal anonymise SLUG: removes for good what the archive has taken over and the portal may no longer keep. */
export function anonymiseCommand(program: Command, terminal: Terminal): void {
  program
    .command('anonymise <slug>')
    .description(
      '结果公布、档案移交以后：永久删除姓名、单位、联系方式、附件和隐去前的原文，以及数据库旁的旧副本',
    )
    .option('--yes', '确认删除；不加则只说明会删除什么', false)
    .action((slug: string, { yes }: { yes: boolean }) =>
      withPortal(terminal, async (deps) => {
        const { db } = deps
        const consultation = await findConsultation(db, slug)
        if (!consultation) throw new CommandError(`没有网址名为 ${slug} 的征求意见活动`)
        if (!consultation.outcomeAt) throw new CommandError('结果还没有公布，个人信息还要用来核实和答复')
        const { submissions, originals, attachments } = await personalData(db, consultation)
        const what = `${submissions} 份提交的姓名、单位和联系方式，${originals} 条意见隐去前的原文，${attachments} 个附件`
        if (!yes) throw new CommandError(`将永久删除 ${what}，以及数据库旁的旧副本。确认请加 --yes`)
        const copies = await removePersonalData(deps, consultation)
        const isOverwritten = await overwrite(deps)
        terminal.stdout.write(
          `已删除 ${what}，旧副本 ${copies} 个。${isOverwritten ? '' : '正在生成的文件还要读旧数据，残留由后台随后覆盖。'}备份里的要另行删除\n`,
        )
      }),
    )
}
