import { draftCampaign } from '#app/notifications/draft-campaign.ts';
import { requestApproval } from '#app/notifications/request-approval.ts';
import { sendCampaign } from '#app/notifications/send-campaign.ts';
import type { Db } from '#db/client.server.ts';
import type { Cast } from './seed-people.ts';

/** One campaign that went out, one that waits for the other side, one draft whose Russian text is missing. */
export async function seedCampaigns(db: Db, as: Cast, now: Date): Promise<void> {
  const sent = await draftCampaign(
    db,
    as('coordinator.ru'),
    {
      subject: { en: 'New rules for the laboratory booking', ru: 'Новый порядок записи в лаборатории' },
      body: {
        en: 'From Monday the laboratories of GIREDMET are booked through the coordinator.\n\nWrite which instrument you need and for how many days.',
        ru: 'С понедельника запись в лаборатории Гиредмета ведёт координатор.\n\nУкажите, какой прибор Вам нужен и на сколько дней.',
      },
      roles: ['student', 'expert'],
      sides: ['ru'],
      locales: ['en', 'ru'],
    },
    now,
  );
  await sendCampaign(db, as('coordinator.ru'), sent, now);

  const school = await draftCampaign(
    db,
    as('coordinator.in'),
    {
      subject: {
        en: 'Summer school on rare earths: tell us by 1 March',
        ru: 'Летняя школа по редкоземельным элементам: ответьте не позднее 1 марта',
      },
      body: {
        en: 'The two institutes invite PhD students to a two-week school in Dhanbad.\n\nLectures are in English; the practical part is in the pilot plant. Travel and lodging are paid by the host.',
        ru: 'Два института приглашают аспирантов на двухнедельную школу в Дханбаде.\n\nЛекции читаются на английском языке, практическая часть проходит на опытной установке. Проезд и проживание оплачивает принимающая сторона.',
      },
      roles: ['student'],
      sides: ['in', 'ru'],
      locales: ['en', 'ru'],
    },
    now,
  );
  await requestApproval(db, as('coordinator.in'), school, now);

  await draftCampaign(
    db,
    as('coordinator.in'),
    {
      subject: { en: 'Library access for visiting experts', ru: '' },
      body: { en: 'Visiting experts now have access to the central library from their first day.', ru: '' },
      roles: ['expert'],
      sides: ['in'],
      locales: ['en'],
    },
    now,
  );
}
