import type { FastifyInstance } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { guardedFor } from '../plugins/roles.ts'
import { uploads } from '../plugins/uploads.ts'
import { response } from './answers/response.ts'
import { responseActs } from './answers/response-acts.ts'
import { responseBulks } from './answers/response-bulks.ts'
import { responseCorrections } from './answers/response-corrections.ts'
import { responseForm } from './answers/response-form.ts'
import { responseHandover } from './answers/response-handover.ts'
import { responses } from './answers/responses.ts'
import { templates } from './answers/templates.ts'
import { unit } from './answers/unit.ts'
import { unitItems } from './answers/unit-items.ts'
import { units } from './answers/units.ts'
import { warnings } from './answers/warnings.ts'
import { brief } from './briefs/brief.ts'
import { leaderPage } from './briefs/leader-page.ts'
import { attachment } from './comments/attachment.ts'
import { commentFiles } from './comments/comment-files.ts'
import { comments } from './comments/comments.ts'
import { figures } from './comments/figures.ts'
import { overview } from './comments/overview.ts'
import { ofOneConsultation, ofOwnDepartments } from './consultation.ts'
import { consultationForm } from './consultations/consultation-form.ts'
import { corrections } from './consultations/corrections.ts'
import { explanation } from './consultations/explanation.ts'
import { extensions } from './consultations/extensions.ts'
import { home } from './consultations/home.ts'
import { notice } from './consultations/notice.ts'
import { participation } from './consultations/participation.ts'
import { publication } from './consultations/publication.ts'
import { publicationActs } from './consultations/publication-acts.ts'
import { settings } from './consultations/settings.ts'
import { suspension } from './consultations/suspension.ts'
import { assignment } from './departments/assignment.ts'
import { assignmentActs } from './departments/assignment-acts.ts'
import { assignmentFiles, letterUpload } from './departments/assignment-files.ts'
import { assignments } from './departments/assignments.ts'
import { cosignatures } from './departments/cosignatures.ts'
import { departmentActs } from './departments/department-acts.ts'
import { departmentClosings } from './departments/department-closings.ts'
import { departmentComments } from './departments/department-comments.ts'
import { departmentConcerns } from './departments/department-concerns.ts'
import { departmentFiles } from './departments/department-files.ts'
import { departmentLists, listUpload } from './departments/department-lists.ts'
import { departmentPoints } from './departments/department-points.ts'
import { departmentReplies } from './departments/department-replies.ts'
import { departmentRequests } from './departments/department-requests.ts'
import { departments } from './departments/departments.ts'
import { draftForm } from './drafts/document.ts'
import { draftImport } from './drafts/import.ts'
import { mapping } from './drafts/mapping.ts'
import { mappingActs } from './drafts/mapping-acts.ts'
import { outline } from './drafts/outline.ts'
import { reasons } from './drafts/reasons.ts'
import { repairs } from './drafts/repairs.ts'
import { rounds } from './drafts/rounds.ts'
import { findings } from './outcomes/findings.ts'
import { materials } from './outcomes/materials.ts'
import { obstacles } from './outcomes/obstacles.ts'
import { outcome } from './outcomes/outcome.ts'
import { outcomeActs } from './outcomes/outcome-acts.ts'
import { procedure } from './outcomes/procedure.ts'
import { procedureFiles, procedureForm } from './outcomes/procedure-files.ts'
import { jobs } from './papers/jobs.ts'
import { paperFiles } from './papers/paper-files.ts'
import { papers } from './papers/papers.ts'
import { officeHolders } from './personal-data/office-holders.ts'
import { concern } from './points/concern.ts'
import { concernActs } from './points/concern-acts.ts'
import { concerns } from './points/concerns.ts'
import { copies } from './points/copies.ts'
import { objections } from './points/objections.ts'
import { points } from './points/points.ts'
import { split } from './points/split.ts'
import { splitActs } from './points/split-acts.ts'
import { splits } from './points/splits.ts'
import { candidates } from './themes/candidates.ts'
import { proposals } from './themes/proposals.ts'
import { theme } from './themes/theme.ts'
import { themeTables } from './themes/theme-tables.ts'
import { themes } from './themes/themes.ts'
import { versions } from './versions/versions.ts'
import { clause } from './wordings/clause.ts'
import { clauseActs } from './wordings/clause-acts.ts'
import { wordingActs } from './wordings/wording-acts.ts'
import { wordings } from './wordings/wordings.ts'

/** The drafting office's workspace, under /office. */
export async function office(app: FastifyInstance, deps: Dependencies): Promise<void> {
  app.addHook('onRequest', guardedFor('office'))
  home(app, deps)
  await app.register(async (sending) => {
    await sending.register(uploads, draftForm)
    consultationForm(sending, deps)
  })
  await app.register(oneConsultation, { ...deps, prefix: '/:slug' })
  await app.register(ownDepartments, { ...deps, prefix: '/:slug' })
}

/** What the staff of departments see of a consultation: what is theirs to answer, under /office/:slug/assignments. */
async function ownDepartments(app: FastifyInstance, deps: Dependencies): Promise<void> {
  ofOwnDepartments(app, deps)
  assignments(app, deps)
  assignment(app, deps)
  assignmentActs(app, deps)
  await app.register(async (sending) => {
    await sending.register(uploads, letterUpload)
    assignmentFiles(sending, deps)
  })
}

/** One consultation from its draft to its outcome, under /office/:slug. */
async function oneConsultation(app: FastifyInstance, deps: Dependencies): Promise<void> {
  ofOneConsultation(app, deps)

  await app.register(async (sending) => {
    await sending.register(uploads, draftForm)
    draftImport(sending, deps)
    settings(sending, deps)
  })
  outline(app, deps)
  repairs(app, deps)
  mapping(app, deps)
  mappingActs(app, deps)
  reasons(app, deps)
  explanation(app, deps)
  participation(app, deps)
  officeHolders(app, deps)
  notice(app, deps)
  publication(app, deps)
  publicationActs(app, deps)
  extensions(app, deps)
  suspension(app, deps)
  corrections(app, deps)

  overview(app, deps)
  figures(app, deps)
  brief(app, deps)
  leaderPage(app, deps)
  comments(app, deps)
  commentFiles(app, deps)
  attachment(app, deps)
  themes(app, deps)
  candidates(app, deps)
  proposals(app, deps)
  themeTables(app, deps)
  theme(app, deps)

  splits(app, deps)
  split(app, deps)
  splitActs(app, deps)
  copies(app, deps)
  points(app, deps)
  concerns(app, deps)
  concern(app, deps)
  concernActs(app, deps)
  objections(app, deps)
  cosignatures(app, deps)

  departments(app, deps)
  departmentActs(app, deps)
  departmentComments(app, deps)
  departmentFiles(app, deps)
  departmentPoints(app, deps)
  departmentConcerns(app, deps)
  departmentClosings(app, deps)
  departmentReplies(app, deps)
  departmentRequests(app, deps)
  await app.register(async (sending) => {
    await sending.register(uploads, listUpload)
    departmentLists(sending, deps)
  })
  units(app, deps)
  unit(app, deps)
  unitItems(app, deps)
  clause(app, deps)
  clauseActs(app, deps)
  wordings(app, deps)
  wordingActs(app, deps)
  rounds(app, deps)
  templates(app, deps)
  responseForm(app, deps)
  responses(app, deps)
  responseBulks(app, deps)
  response(app, deps)
  responseActs(app, deps)
  responseHandover(app, deps)
  responseCorrections(app, deps)
  warnings(app, deps)
  versions(app, deps)

  papers(app, deps)
  paperFiles(app, deps)
  jobs(app, deps)
  procedure(app, deps)
  await app.register(async (sending) => {
    await sending.register(uploads, procedureForm)
    procedureFiles(sending, deps)
  })
  materials(app, deps)
  findings(app, deps)
  obstacles(app, deps)
  outcome(app, deps)
  outcomeActs(app, deps)
}
