import type { TFunction } from 'i18next';
import { bothLabels } from '#app/platform/form-errors.ts';
import type { Language } from '#app/ui/language.ts';
import { inLanguage } from './localized.ts';
import type { Call } from './scope.ts';

type T = TFunction<['exchanges', 'common']>;

/** The fields of an application's form by name, as its error summary calls them. */
export function applicationLabels(t: T, call: Pick<Call, 'documents'>, language: Language) {
  return {
    title: t('apply.field.title'),
    workPlan: t('apply.field.workPlan'),
    workPlanLocale: t('apply.field.workPlanLocale'),
    homeInstitutionId: t('apply.field.homeInstitutionId'),
    hostInstitutionId: t('apply.field.hostInstitutionId'),
    wishedStart: t('apply.field.wishedStart'),
    weeks: t('apply.field.weeks'),
    homeSupervisor: t('apply.field.homeSupervisor'),
    ...Object.fromEntries(
      call.documents.map(({ code, title }) => [`document.${code}`, inLanguage(title, language)]),
    ),
  };
}

/** The fields of a call's form. */
export function callLabels(t: T): Record<string, string> {
  const languages = { en: t('common:form.inLanguage.en'), ru: t('common:form.inLanguage.ru') };
  return {
    ...bothLabels('title', t('draft.title'), languages),
    ...bothLabels('summary', t('draft.summary'), languages),
    ...bothLabels('areas', t('draft.areas'), languages),
    ...bothLabels('conditions', t('draft.conditions'), languages),
    ...bothLabels('costsIn', t('draft.costsIn'), languages),
    ...bothLabels('costsRu', t('draft.costsRu'), languages),
    eligible: t('draft.eligible'),
    deadlineZone: t('draft.zone'),
    opensAt: t('draft.opensAt'),
    deadline: t('draft.deadline'),
    nominateBy: t('draft.nominateBy'),
    answerBy: t('draft.answerBy'),
    stayFrom: t('draft.stayFrom'),
    stayUntil: t('draft.stayUntil'),
    weeksMin: t('draft.weeksMin'),
    weeksMax: t('draft.weeksMax'),
    direction: t('draft.direction'),
    placesToRu: t('draft.placesToRu'),
    placesToIn: t('draft.placesToIn'),
    documents: t('draft.documents'),
    signerIn: t('draft.signerIn'),
    signerRu: t('draft.signerRu'),
  };
}

/** The fields of the home's decision and of the host's answer. */
export function decisionLabels(t: T): Record<string, string> {
  return {
    decision: t('answer.decision'),
    hostSupervisor: t('answer.hostSupervisor'),
    laboratory: t('answer.laboratory'),
    stayFrom: t('answer.stayFrom'),
    stayUntil: t('answer.stayUntil'),
    reason: t('answer.reason'),
  };
}
