import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { PaperJobs } from '../jobs/papers.ts'
import { guardedFor } from '../plugins/roles.ts'
import { inMemory, uploads } from '../plugins/uploads.ts'
import { largestProcedureFile } from '../rules/outcomes/procedure-file.ts'
import { clauseBoard } from './answers/clause.ts'
import { clauseNote, clauseWording, clauseWordingRemoval } from './answers/clause-acts.ts'
import {
  departmentClauseRemoval,
  departmentClauses,
  departmentComments,
  departmentCommentsRemoval,
} from './answers/department-acts.ts'
import {
  departmentMember,
  departmentMemberRemoval,
  departmentRemoval,
  departmentsPage,
  newDepartment,
} from './answers/departments.ts'
import { responsePage } from './answers/response.ts'
import {
  responseApproval,
  responseRemoval,
  responseReturn,
  responseSubmission,
  rewordedResponse,
} from './answers/response-acts.ts'
import { answerForm, draftAnswer, filledAnswerForm } from './answers/response-form.ts'
import { responsesPage } from './answers/responses.ts'
import { changedTemplate, newTemplate, templateRemoval, templatesPage } from './answers/templates.ts'
import { unitPage, unitRemoval, unitReply } from './answers/unit.ts'
import { newUnitItem, unitItemAnswer, unitItemRemoval } from './answers/unit-items.ts'
import { newUnit, unitsPage } from './answers/units.ts'
import { attachmentDownload } from './comments/attachment.ts'
import { commentsPage } from './comments/comments.ts'
import { figureImage, figuresPage } from './comments/figures.ts'
import { overviewPage } from './comments/overview.ts'
import { findTheConsultation } from './consultation.ts'
import { conducting, puttingUp } from './consultations/index.ts'
import { home } from './home.ts'
import { outcomePage } from './outcomes/outcome.ts'
import { keptReport, outcomeEdition } from './outcomes/outcome-acts.ts'
import {
  changedProcedureStep,
  newProcedureStep,
  procedurePage,
  procedureStepRemoval,
} from './outcomes/procedure.ts'
import { newProcedureFile, procedureFileDownload, procedureFileRemoval } from './outcomes/procedure-files.ts'
import { jobCancellation, jobFile, jobPage, newJob } from './papers/jobs.ts'
import { commentsDownload, paperDownload } from './papers/paper-files.ts'
import { papersPage } from './papers/papers.ts'
import { changedTheme, themeAcceptance, themeMerger, themePage, themeRemoval } from './themes/theme.ts'
import { newTheme, themesPage, themeTagging, themeUntagging } from './themes/themes.ts'

/** The files of 程序台账; what is sent here may be large. */
async function procedureFiles(app: FastifyInstance, deps: Dependencies): Promise<void> {
  await app.register(uploads, {
    fileSize: largestProcedureFile,
    fieldSize: 1000,
    textSize: 10_000,
    fields: 10,
    files: 1,
    take: inMemory,
  })
  app.post('/', newProcedureFile(deps))
  app.get('/:file', procedureFileDownload(deps))
  app.post('/:file/removal', procedureFileRemoval(deps))
}

/** The drafting office's workspace, under /office. */
export async function office(app: FastifyInstance, deps: Dependencies): Promise<void> {
  const jobs = new PaperJobs(deps, app.log)
  app.addHook('onClose', () => jobs.close())
  app.addHook('onRequest', guardedFor('office'))
  app.get('/', home(deps))
  await app.register(puttingUp, { ...deps, prefix: '/consultations' })
  await app.register(
    async (scope) => {
      scope.decorateRequest('consultation', null)
      scope.addHook('preHandler', findTheConsultation(deps))
      await scope.register(conducting, { ...deps, prefix: '' })

      scope.get('/', overviewPage(deps))
      scope.get('/figures', figuresPage(deps))
      scope.get('/figures/:figure', figureImage(deps))
      scope.get('/comments', commentsPage(deps))
      scope.get('/comments.csv', commentsDownload(deps, 'csv'))
      scope.get('/comments.xlsx', commentsDownload(deps, 'xlsx'))
      scope.get('/attachments/:attachment', attachmentDownload(deps))
      scope.get('/papers', papersPage(deps))
      scope.get('/papers/:file', paperDownload(deps))
      scope.post('/jobs', newJob(deps, jobs))
      scope.get('/jobs/:job', jobPage(deps))
      scope.get('/jobs/:job/file', jobFile(deps, jobs))
      scope.post('/jobs/:job/cancellation', jobCancellation(deps, jobs))

      scope.get('/responses', responsesPage(deps))
      scope.get('/responses/new', answerForm(deps))
      scope.post('/responses/new', filledAnswerForm(deps))
      scope.post('/responses', draftAnswer(deps))
      scope.get('/responses/:response', responsePage(deps))
      scope.post('/responses/:response', rewordedResponse(deps))
      scope.post('/responses/:response/submission', responseSubmission(deps))
      scope.post('/responses/:response/approval', responseApproval(deps))
      scope.post('/responses/:response/return', responseReturn(deps))
      scope.post('/responses/:response/removal', responseRemoval(deps))

      scope.get('/templates', templatesPage(deps))
      scope.post('/templates', newTemplate(deps))
      scope.post('/templates/:template', changedTemplate(deps))
      scope.post('/templates/:template/removal', templateRemoval(deps))

      scope.get('/clauses/:clause', clauseBoard(deps))
      scope.post('/clauses/:clause/wording', clauseWording(deps))
      scope.post('/clauses/:clause/wording/removal', clauseWordingRemoval(deps))
      scope.post('/clauses/:clause/notes', clauseNote(deps))
      scope.get('/themes', themesPage(deps))
      scope.post('/themes', newTheme(deps))
      scope.post('/themes/tagging', themeTagging(deps))
      scope.post('/themes/untagging', themeUntagging(deps))
      scope.get('/themes/:theme', themePage(deps))
      scope.post('/themes/:theme', changedTheme(deps))
      scope.post('/themes/:theme/acceptance', themeAcceptance(deps))
      scope.post('/themes/:theme/merger', themeMerger(deps))
      scope.post('/themes/:theme/removal', themeRemoval(deps))

      scope.get('/departments', departmentsPage(deps))
      scope.post('/departments', newDepartment(deps))
      scope.post('/departments/comments', departmentComments(deps))
      scope.post('/departments/comments/removal', departmentCommentsRemoval(deps))
      scope.post('/departments/:department/removal', departmentRemoval(deps))
      scope.post('/departments/:department/clauses', departmentClauses(deps))
      scope.post('/departments/:department/clauses/removal', departmentClauseRemoval(deps))
      scope.post('/departments/:department/staff', departmentMember(deps))
      scope.post('/departments/:department/staff/removal', departmentMemberRemoval(deps))
      scope.get('/units', unitsPage(deps))
      scope.post('/units', newUnit(deps))
      scope.get('/units/:unit', unitPage(deps))
      scope.post('/units/:unit', unitReply(deps))
      scope.post('/units/:unit/removal', unitRemoval(deps))
      scope.post('/units/:unit/items', newUnitItem(deps))
      scope.post('/units/:unit/items/:item/answer', unitItemAnswer(deps))
      scope.post('/units/:unit/items/:item/removal', unitItemRemoval(deps))

      scope.get('/procedure', procedurePage(deps))
      scope.post('/procedure', newProcedureStep(deps))
      scope.post('/procedure/:step', changedProcedureStep(deps))
      scope.post('/procedure/:step/removal', procedureStepRemoval(deps))
      await scope.register(procedureFiles, { ...deps, prefix: '/procedure/files' })

      scope.get('/outcome', outcomePage(deps))
      scope.post('/outcome/report', keptReport(deps))
      scope.post('/outcome/editions', outcomeEdition(deps))
    },
    { prefix: '/:slug' },
  )
}
