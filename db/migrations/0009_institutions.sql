-- The institutions of the memorandum and “other organisation”. They are facts of every installation, so they
-- come with the schema; their ids are fixed, so that seeds and tests can name them.
-- Names: shared glossary of the project. The full legal form of GIREDMET is to be confirmed by the institute.
INSERT INTO institution (id, code, name, short_name, city, side, time_zone) VALUES
  ('0197a000-0000-7000-8000-000000000001', 'IITISM',
   '{"en": "Indian Institute of Technology (Indian School of Mines) Dhanbad", "ru": "Индийский технологический институт (Индийская горная школа), Дханбад"}',
   '{"en": "IIT (ISM) Dhanbad", "ru": "ИТИ (ИГШ) Дханбад"}', '{"en": "Dhanbad", "ru": "Дханбад"}', 'in', 'Asia/Kolkata'),
  ('0197a000-0000-7000-8000-000000000002', 'TEXMIN',
   '{"en": "TEXMiN Foundation", "ru": "Фонд TEXMiN"}',
   '{"en": "TEXMiN", "ru": "TEXMiN"}', '{"en": "Dhanbad", "ru": "Дханбад"}', 'in', 'Asia/Kolkata'),
  ('0197a000-0000-7000-8000-000000000003', 'GIREDMET',
   '{"en": "GIREDMET", "ru": "АО «Гиредмет»"}',
   '{"en": "GIREDMET", "ru": "Гиредмет"}', '{"en": "Moscow", "ru": "Москва"}', 'ru', 'Europe/Moscow'),
  ('0197a000-0000-7000-8000-000000000004', 'OTHER',
   '{"en": "Other organisation", "ru": "Другая организация"}',
   '{"en": "Other organisation", "ru": "Другая организация"}', NULL, NULL, 'UTC')
ON CONFLICT (code) DO NOTHING;
