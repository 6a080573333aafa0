-- One person is in one place: no two placements of a participant share a day.
ALTER TABLE placement ADD CONSTRAINT placement_one_at_a_time EXCLUDE USING gist (
    participant_id WITH =, daterange(starts_on, ends_on, '[]') WITH &&
  ) WHERE (state NOT IN ('no-show', 'cancelled'));
--> statement-breakpoint
-- A letter stands as it was issued.
CREATE FUNCTION letter_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a letter is not changed once issued' USING ERRCODE = 'check_violation', CONSTRAINT = 'letter_stands';
END $$;
--> statement-breakpoint
CREATE TRIGGER letter_stands BEFORE UPDATE OR DELETE ON letter FOR EACH ROW EXECUTE FUNCTION letter_stands();
--> statement-breakpoint
-- What was accepted before placements had a table begins as a placement whose programme is to be written.
INSERT INTO placement (id, application_id, reference, participant_id, home_institution_id, host_institution_id,
    host_supervisor_id, host_supervisor, laboratory, starts_on, ends_on, state_at, created_at)
  SELECT gen_random_uuid(), id, reference, applicant_id, home_institution_id, host_institution_id,
    host_supervisor_id, host_supervisor, laboratory, stay_from, stay_until, state_at, state_at
  FROM application a WHERE state = 'accepted' AND NOT EXISTS (
    SELECT FROM application b WHERE b.state = 'accepted' AND b.applicant_id = a.applicant_id AND b.id < a.id
      AND daterange(a.stay_from, a.stay_until, '[]') && daterange(b.stay_from, b.stay_until, '[]'));
--> statement-breakpoint
-- Days that differ from the week of Monday to Friday; an institution administrator corrects them as they are decreed.
INSERT INTO calendar_day (id, side, day, kind, name, source) VALUES
  (gen_random_uuid(), 'ru', '2026-01-01', 'holiday', '{"en": "New Year holidays", "ru": "Новогодние каникулы"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2026 as announced by the government, to be checked against its resolution (not verified here)'),
  (gen_random_uuid(), 'ru', '2026-01-02', 'holiday', '{"en": "New Year holidays", "ru": "Новогодние каникулы"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2026 as announced by the government, to be checked against its resolution (not verified here)'),
  (gen_random_uuid(), 'ru', '2026-01-03', 'holiday', '{"en": "New Year holidays", "ru": "Новогодние каникулы"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2026 as announced by the government, to be checked against its resolution (not verified here)'),
  (gen_random_uuid(), 'ru', '2026-01-04', 'holiday', '{"en": "New Year holidays", "ru": "Новогодние каникулы"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2026 as announced by the government, to be checked against its resolution (not verified here)'),
  (gen_random_uuid(), 'ru', '2026-01-05', 'holiday', '{"en": "New Year holidays", "ru": "Новогодние каникулы"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2026 as announced by the government, to be checked against its resolution (not verified here)'),
  (gen_random_uuid(), 'ru', '2026-01-06', 'holiday', '{"en": "New Year holidays", "ru": "Новогодние каникулы"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2026 as announced by the government, to be checked against its resolution (not verified here)'),
  (gen_random_uuid(), 'ru', '2026-01-07', 'holiday', '{"en": "Christmas", "ru": "Рождество Христово"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2026 as announced by the government, to be checked against its resolution (not verified here)'),
  (gen_random_uuid(), 'ru', '2026-01-08', 'holiday', '{"en": "New Year holidays", "ru": "Новогодние каникулы"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2026 as announced by the government, to be checked against its resolution (not verified here)'),
  (gen_random_uuid(), 'ru', '2026-01-09', 'holiday', '{"en": "Day off moved from 3 January", "ru": "Выходной, перенесённый с 3 января"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2026 as announced by the government, to be checked against its resolution (not verified here)'),
  (gen_random_uuid(), 'ru', '2026-02-23', 'holiday', '{"en": "Defender of the Fatherland Day", "ru": "День защитника Отечества"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2026 as announced by the government, to be checked against its resolution (not verified here)'),
  (gen_random_uuid(), 'ru', '2026-03-09', 'holiday', '{"en": "Day off moved from 8 March", "ru": "Выходной, перенесённый с 8 марта"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2026 as announced by the government, to be checked against its resolution (not verified here)'),
  (gen_random_uuid(), 'ru', '2026-05-01', 'holiday', '{"en": "Spring and Labour Day", "ru": "Праздник Весны и Труда"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2026 as announced by the government, to be checked against its resolution (not verified here)'),
  (gen_random_uuid(), 'ru', '2026-05-11', 'holiday', '{"en": "Day off moved from 9 May", "ru": "Выходной, перенесённый с 9 мая"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2026 as announced by the government, to be checked against its resolution (not verified here)'),
  (gen_random_uuid(), 'ru', '2026-06-12', 'holiday', '{"en": "Russia Day", "ru": "День России"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2026 as announced by the government, to be checked against its resolution (not verified here)'),
  (gen_random_uuid(), 'ru', '2026-11-04', 'holiday', '{"en": "National Unity Day", "ru": "День народного единства"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2026 as announced by the government, to be checked against its resolution (not verified here)'),
  (gen_random_uuid(), 'ru', '2026-12-31', 'holiday', '{"en": "Day off moved from 4 January", "ru": "Выходной, перенесённый с 4 января"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2026 as announced by the government, to be checked against its resolution (not verified here)'),
  (gen_random_uuid(), 'ru', '2027-01-01', 'holiday', '{"en": "New Year holidays", "ru": "Новогодние каникулы"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2027 were not known when this was written'),
  (gen_random_uuid(), 'ru', '2027-01-02', 'holiday', '{"en": "New Year holidays", "ru": "Новогодние каникулы"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2027 were not known when this was written'),
  (gen_random_uuid(), 'ru', '2027-01-03', 'holiday', '{"en": "New Year holidays", "ru": "Новогодние каникулы"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2027 were not known when this was written'),
  (gen_random_uuid(), 'ru', '2027-01-04', 'holiday', '{"en": "New Year holidays", "ru": "Новогодние каникулы"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2027 were not known when this was written'),
  (gen_random_uuid(), 'ru', '2027-01-05', 'holiday', '{"en": "New Year holidays", "ru": "Новогодние каникулы"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2027 were not known when this was written'),
  (gen_random_uuid(), 'ru', '2027-01-06', 'holiday', '{"en": "New Year holidays", "ru": "Новогодние каникулы"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2027 were not known when this was written'),
  (gen_random_uuid(), 'ru', '2027-01-07', 'holiday', '{"en": "Christmas", "ru": "Рождество Христово"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2027 were not known when this was written'),
  (gen_random_uuid(), 'ru', '2027-01-08', 'holiday', '{"en": "New Year holidays", "ru": "Новогодние каникулы"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2027 were not known when this was written'),
  (gen_random_uuid(), 'ru', '2027-02-23', 'holiday', '{"en": "Defender of the Fatherland Day", "ru": "День защитника Отечества"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2027 were not known when this was written'),
  (gen_random_uuid(), 'ru', '2027-03-08', 'holiday', '{"en": "International Women’s Day", "ru": "Международный женский день"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2027 were not known when this was written'),
  (gen_random_uuid(), 'ru', '2027-05-01', 'holiday', '{"en": "Spring and Labour Day", "ru": "Праздник Весны и Труда"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2027 were not known when this was written'),
  (gen_random_uuid(), 'ru', '2027-05-09', 'holiday', '{"en": "Victory Day", "ru": "День Победы"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2027 were not known when this was written'),
  (gen_random_uuid(), 'ru', '2027-06-12', 'holiday', '{"en": "Russia Day", "ru": "День России"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2027 were not known when this was written'),
  (gen_random_uuid(), 'ru', '2027-11-04', 'holiday', '{"en": "National Unity Day", "ru": "День народного единства"}', 'Labour Code of the Russian Federation, article 112; the days moved in 2027 were not known when this was written'),
  (gen_random_uuid(), 'in', '2026-01-26', 'holiday', '{"en": "Republic Day", "ru": "День Республики"}', 'Gazetted holidays of the central government offices for 2026; movable feasts to be checked against the circular and the institute’s own list (not verified here)'),
  (gen_random_uuid(), 'in', '2026-03-04', 'holiday', '{"en": "Holi", "ru": "Холи"}', 'Gazetted holidays of the central government offices for 2026; movable feasts to be checked against the circular and the institute’s own list (not verified here)'),
  (gen_random_uuid(), 'in', '2026-03-21', 'holiday', '{"en": "Id-ul-Fitr", "ru": "Ид-уль-Фитр"}', 'Gazetted holidays of the central government offices for 2026; movable feasts to be checked against the circular and the institute’s own list (not verified here)'),
  (gen_random_uuid(), 'in', '2026-03-26', 'holiday', '{"en": "Ram Navami", "ru": "Рама-навами"}', 'Gazetted holidays of the central government offices for 2026; movable feasts to be checked against the circular and the institute’s own list (not verified here)'),
  (gen_random_uuid(), 'in', '2026-03-31', 'holiday', '{"en": "Mahavir Jayanti", "ru": "Махавир-джаянти"}', 'Gazetted holidays of the central government offices for 2026; movable feasts to be checked against the circular and the institute’s own list (not verified here)'),
  (gen_random_uuid(), 'in', '2026-04-03', 'holiday', '{"en": "Good Friday", "ru": "Страстная пятница"}', 'Gazetted holidays of the central government offices for 2026; movable feasts to be checked against the circular and the institute’s own list (not verified here)'),
  (gen_random_uuid(), 'in', '2026-05-01', 'holiday', '{"en": "Buddha Purnima", "ru": "Будда-пурнима"}', 'Gazetted holidays of the central government offices for 2026; movable feasts to be checked against the circular and the institute’s own list (not verified here)'),
  (gen_random_uuid(), 'in', '2026-05-27', 'holiday', '{"en": "Id-ul-Zuha", "ru": "Ид-уль-Адха"}', 'Gazetted holidays of the central government offices for 2026; movable feasts to be checked against the circular and the institute’s own list (not verified here)'),
  (gen_random_uuid(), 'in', '2026-06-26', 'holiday', '{"en": "Muharram", "ru": "Мухаррам"}', 'Gazetted holidays of the central government offices for 2026; movable feasts to be checked against the circular and the institute’s own list (not verified here)'),
  (gen_random_uuid(), 'in', '2026-08-15', 'holiday', '{"en": "Independence Day", "ru": "День независимости"}', 'Gazetted holidays of the central government offices for 2026; movable feasts to be checked against the circular and the institute’s own list (not verified here)'),
  (gen_random_uuid(), 'in', '2026-08-26', 'holiday', '{"en": "Milad-un-Nabi", "ru": "Мавлид"}', 'Gazetted holidays of the central government offices for 2026; movable feasts to be checked against the circular and the institute’s own list (not verified here)'),
  (gen_random_uuid(), 'in', '2026-10-02', 'holiday', '{"en": "Mahatma Gandhi’s birthday", "ru": "День рождения Махатмы Ганди"}', 'Gazetted holidays of the central government offices for 2026; movable feasts to be checked against the circular and the institute’s own list (not verified here)'),
  (gen_random_uuid(), 'in', '2026-10-20', 'holiday', '{"en": "Dussehra", "ru": "Дашахра"}', 'Gazetted holidays of the central government offices for 2026; movable feasts to be checked against the circular and the institute’s own list (not verified here)'),
  (gen_random_uuid(), 'in', '2026-11-08', 'holiday', '{"en": "Diwali", "ru": "Дивали"}', 'Gazetted holidays of the central government offices for 2026; movable feasts to be checked against the circular and the institute’s own list (not verified here)'),
  (gen_random_uuid(), 'in', '2026-11-24', 'holiday', '{"en": "Guru Nanak’s birthday", "ru": "День рождения Гуру Нанака"}', 'Gazetted holidays of the central government offices for 2026; movable feasts to be checked against the circular and the institute’s own list (not verified here)'),
  (gen_random_uuid(), 'in', '2026-12-25', 'holiday', '{"en": "Christmas Day", "ru": "Рождество"}', 'Gazetted holidays of the central government offices for 2026; movable feasts to be checked against the circular and the institute’s own list (not verified here)'),
  (gen_random_uuid(), 'in', '2027-01-26', 'holiday', '{"en": "Republic Day", "ru": "День Республики"}', 'The three national holidays; the gazetted list for 2027 was not known when this was written'),
  (gen_random_uuid(), 'in', '2027-08-15', 'holiday', '{"en": "Independence Day", "ru": "День независимости"}', 'The three national holidays; the gazetted list for 2027 was not known when this was written'),
  (gen_random_uuid(), 'in', '2027-10-02', 'holiday', '{"en": "Mahatma Gandhi’s birthday", "ru": "День рождения Махатмы Ганди"}', 'The three national holidays; the gazetted list for 2027 was not known when this was written');
