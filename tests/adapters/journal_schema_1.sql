BEGIN TRANSACTION;
CREATE TABLE chains (
	creditor_id VARCHAR(120) NOT NULL, 
	events BIGINT NOT NULL, 
	head VARCHAR(64) NOT NULL, 
	PRIMARY KEY (creditor_id)
);
INSERT INTO "chains" VALUES('atelier-lumen',2,'1d10fad1e26b924a4afa48cab9b34c5a264732aaa21071545d835c95912341df');
CREATE TABLE events (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	creditor_id VARCHAR(120) NOT NULL, 
	case_id VARCHAR(400) NOT NULL, 
	version INTEGER NOT NULL, 
	event_id VARCHAR(120) NOT NULL, 
	type VARCHAR(40) NOT NULL, 
	effective_on VARCHAR(10) NOT NULL, 
	recorded_at VARCHAR(40) NOT NULL, 
	payload TEXT NOT NULL, 
	prev_hash VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	UNIQUE (case_id, version), 
	UNIQUE (case_id, event_id)
);
INSERT INTO "events" VALUES(1,'atelier-lumen','atelier-lumen/fournil/EUR',1,'a16f8de028a2156a895d:planned','action_planned','2026-11-23','2026-11-23T03:00:00.000000+00:00','{"id":"a16f8de028a2156a895d:planned","effective_on":"2026-11-23","recorded_at":"2026-11-23T03:00:00Z","type":"action_planned","action":{"id":"a16f8de028a2156a895d","kind":"contact","scenario":"standard_b2b","scenario_version":1,"stage":"relance_1","occurrence":1,"document":"reminder_1","channel":"email","rank":"amicable","leader":"F2026-101","triggered":["F2026-101"],"listed":["F2026-101"],"advanced":["F2026-101"],"principal":{"amount":"1200.00","currency":"EUR"},"recipient":{"name":null,"role":"general","email":"compta@fournil.example","phone":"02 61 91 12 30","language":"fr"},"outcome":null,"pay_by":null,"token":"a7b3588ba4da94d7","reasons":[{"code":"stage_due","authority":"policy","source":null,"inputs":[["stage","relance_1"],["leader","F2026-101"],["due_on","2026-11-20"]],"parts":[{"code":"days_after","authority":"policy","source":null,"inputs":[["anchor","due_on"],["anchor_on","2026-11-20"],["days","3"],["holds","yes"]],"parts":[]}]}]}}','0000000000000000000000000000000000000000000000000000000000000000','7071cd4a479cbc9e7731680f920782dc740dd7c308c4cb1fa5c9e652fc6cb432');
INSERT INTO "events" VALUES(2,'atelier-lumen','atelier-lumen/fournil/EUR',2,'a16f8de028a2156a895d:delivered','action_delivered','2026-11-23','2026-11-23T03:00:00.000000+00:00','{"id":"a16f8de028a2156a895d:delivered","effective_on":"2026-11-23","recorded_at":"2026-11-23T03:00:00Z","type":"action_delivered","action_id":"a16f8de028a2156a895d","channel":"email","payload_hash":"992279c4d4ad3c3ac8b15ad70ffe7778d11b8d3d82068e378a8fa13db48471e9","reference":"2026-11-23_reminder_1_boulangerie-le-fournil_a16f8de028a2156a895d.eml"}','7071cd4a479cbc9e7731680f920782dc740dd7c308c4cb1fa5c9e652fc6cb432','1d10fad1e26b924a4afa48cab9b34c5a264732aaa21071545d835c95912341df');
CREATE TABLE meta (
	"key" VARCHAR(40) NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('application','recouvrement');
INSERT INTO "meta" VALUES('schema','1');
INSERT INTO "meta" VALUES('creditor_id','atelier-lumen');
CREATE TABLE outbox (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	action_id VARCHAR(120) NOT NULL, 
	case_id VARCHAR(400) NOT NULL, 
	state VARCHAR(10) NOT NULL, 
	channel VARCHAR(40) NOT NULL, 
	planned_on DATE NOT NULL, 
	token VARCHAR(120) NOT NULL, 
	amount_minor BIGINT NOT NULL, 
	currency VARCHAR(3) NOT NULL, 
	payload TEXT NOT NULL, 
	payload_hash VARCHAR(64) NOT NULL, 
	reference TEXT, 
	CONSTRAINT known_state CHECK (state IN ('planned', 'claimed', 'sent', 'failed', 'unknown', 'stale')), 
	UNIQUE (action_id)
);
INSERT INTO "outbox" VALUES(1,'a16f8de028a2156a895d','atelier-lumen/fournil/EUR','sent','email','2026-11-23','a7b3588ba4da94d7',120000,'EUR','{"action_id":"a16f8de028a2156a895d","case_id":"atelier-lumen/fournil/EUR","kind":"contact","document":"reminder_1","channel":"email","on":"2026-11-23","sender_name":"Atelier Lumen","sender_email":"compta@atelier-lumen.example","recipient_name":"Boulangerie Le Fournil","recipient_email":"compta@fournil.example","recipient_phone":"02 61 91 12 30","postal_lines":["Boulangerie Le Fournil","2 RUE DES CARMES","44000 NANTES"],"subject":"Rappel d’échéance – facture F2026-101, 1 200,00 €","text":"Vos références : Boulangerie Le Fournil, client fournil, facture F2026-101\n\nMadame, Monsieur,\n\nSauf erreur de notre part, nous n’avons pas encore reçu votre règlement de\n1 200,00 €, en retard de 3 jours. Il s’agit sans doute d’un oubli ; en voici\nle détail.\n\nFacture    Émise le    Échéance    Retard     Reste dû\n---------  ----------  ----------  -------  ----------\nF2026-101  21/10/2026  20/11/2026  3 jours  1 200,00 €\nTotal                                       1 200,00 €\n\nNous vous remercions de bien vouloir régler cette somme dès réception de ce\nmessage.\n\nRèglement par virement :\n\n- Bénéficiaire : Atelier Lumen\n- IBAN : FR76 3000 6000 0112 3456 7890 189\n- Référence à rappeler : F2026-101\n\nLes pénalités de retard et l’indemnité forfaitaire pour frais de\nrecouvrement prévues par les articles L441-10 et D441-5 du Code de commerce\nsont exigibles dès le lendemain de l’échéance, sans qu’un rappel soit\nnécessaire. Nous ne vous en demandons pas le paiement à ce stade et\nréservons nos droits.\n\nSi vous contestez tout ou partie de cette somme, dites-le-nous par courriel\nà l’adresse compta@atelier-lumen.example ou par téléphone au 02 61 91 00 01,\nen précisant la facture et le motif : nous examinerons votre réponse avant\ntoute autre démarche.\n\nSi vous avez réglé entre-temps, veuillez ne pas tenir compte de ce rappel.\n\nNous vous prions d’agréer, Madame, Monsieur, nos salutations distinguées.\n\nClaire Fontaine\ngérante\nAtelier Lumen\n\n----------------------------------------------------------------------------\n\nAtelier Lumen\nSARL au capital de 10 000 €, 000 000 018 RCS Nantes\n3 QUAI DE LA FOSSE\n44000 NANTES\nTéléphone : 02 61 91 00 01\nCourriel : compta@atelier-lumen.example\n","html":"<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Rappel d’échéance – facture F2026-101, 1 200,00 €</title>\n<style>\nbody { margin: 0; background: #fff; color: #1a1a1a; font: 16px/1.5 Georgia, \"Times New Roman\", serif; }\nmain { max-width: 44em; margin: 0 auto; padding: 1.5em 1em; overflow-wrap: break-word; }\nh1 { font-size: 1.15em; line-height: 1.35; margin: 1.5em 0 1em; }\nh2 { font-size: 1em; margin: 1.5em 0 .5em; }\np, ul, ol { margin: 0 0 1em; }\nul, ol { padding-left: 1.4em; }\nli p { margin: 0; }\nhr { border: 0; border-top: 1px solid #bbb; margin: 2em 0 1em; }\nhr + p { font-size: .85em; color: #444; }\n.destinataire { margin: 1.5em 0 1.5em 50%; padding: 0; }\n.tableau { width: 100%; border-collapse: collapse; margin: 0 0 1.25em; font-size: .88em; line-height: 1.35; }\n.tableau th, .tableau td { padding: .4em .5em; border-bottom: 1px solid #ccc; text-align: left; vertical-align: top; }\n.tableau th { border-bottom: 2px solid #555; font-weight: bold; }\n.tableau .montant { text-align: right; }\n@media (max-width: 560px) {\n  .destinataire { margin-left: 15%; }\n  .large thead { display: none; }\n  .large, .large tbody, .large tr, .large td { display: block; }\n  .large tr { border-bottom: 2px solid #555; padding: .35em 0; }\n  .tableau.large td { border: 0; padding: .15em 0; overflow: hidden; text-align: right; }\n  .tableau.large td:empty { display: none; }\n  .large td::before { content: attr(data-label); float: left; padding-right: 1em; color: #555; }\n}\n@media print {\n  body { font-size: 11pt; }\n  main { max-width: none; padding: 0; }\n  .tableau tr, .destinataire { break-inside: avoid; }\n}\n</style>\n</head>\n<body>\n<main>\n<p>Vos références : Boulangerie Le Fournil, client fournil, facture F2026-101</p>\n<p>Madame, Monsieur,</p>\n<p>Sauf erreur de notre part, nous n’avons pas encore reçu votre règlement de <strong>1 200,00 €</strong>, en retard de 3 jours. Il s’agit sans doute d’un oubli ; en voici le détail.</p>\n<table class=\"tableau large\">\n<thead>\n<tr>\n<th>Facture</th>\n<th>Émise le</th>\n<th>Échéance</th>\n<th>Retard</th>\n<th class=\"montant\">Reste dû</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td data-label=\"Facture\">F2026-101</td>\n<td data-label=\"Émise le\">21/10/2026</td>\n<td data-label=\"Échéance\">20/11/2026</td>\n<td data-label=\"Retard\">3 jours</td>\n<td class=\"montant\" data-label=\"Reste dû\">1 200,00 €</td>\n</tr>\n<tr>\n<td data-label=\"Facture\"><strong>Total</strong></td>\n<td data-label=\"Émise le\"></td>\n<td data-label=\"Échéance\"></td>\n<td data-label=\"Retard\"></td>\n<td class=\"montant\" data-label=\"Reste dû\"><strong>1 200,00 €</strong></td>\n</tr>\n</tbody>\n</table>\n<p>Nous vous remercions de bien vouloir régler cette somme dès réception de ce message.</p>\n<p>Règlement par virement :</p>\n<ul>\n<li>Bénéficiaire : Atelier Lumen</li>\n<li>IBAN : FR76 3000 6000 0112 3456 7890 189</li>\n<li>Référence à rappeler : F2026-101</li>\n</ul>\n<p>Les pénalités de retard et l’indemnité forfaitaire pour frais de recouvrement prévues par les articles L441-10 et D441-5 du Code de commerce sont exigibles dès le lendemain de l’échéance, sans qu’un rappel soit nécessaire. Nous ne vous en demandons pas le paiement à ce stade et réservons nos droits.</p>\n<p>Si vous contestez tout ou partie de cette somme, dites-le-nous par courriel à l’adresse compta@atelier-lumen.example ou par téléphone au 02 61 91 00 01, en précisant la facture et le motif : nous examinerons votre réponse avant toute autre démarche.</p>\n<p>Si vous avez réglé entre-temps, veuillez ne pas tenir compte de ce rappel.</p>\n<p>Nous vous prions d’agréer, Madame, Monsieur, nos salutations distinguées.</p>\n<p>Claire Fontaine<br />\ngérante<br />\nAtelier Lumen</p>\n<hr />\n<p>Atelier Lumen<br />\nSARL au capital de 10 000 €, 000 000 018 RCS Nantes<br />\n3 QUAI DE LA FOSSE<br />\n44000 NANTES<br />\nTéléphone : 02 61 91 00 01<br />\nCourriel : compta@atelier-lumen.example</p>\n</main>\n</body>\n</html>\n","amount":{"amount":"1200.00","currency":"EUR"},"item_ids":["F2026-101"],"attachments":[]}','992279c4d4ad3c3ac8b15ad70ffe7778d11b8d3d82068e378a8fa13db48471e9','2026-11-23_reminder_1_boulangerie-le-fournil_a16f8de028a2156a895d.eml');
CREATE TABLE runs (
	run_on DATE NOT NULL, 
	recorded_at VARCHAR(40) NOT NULL, 
	PRIMARY KEY (run_on)
);
INSERT INTO "runs" VALUES('2026-11-23','2026-11-23T03:00:00.000000+00:00');
CREATE TABLE streams (
	case_id VARCHAR(400) NOT NULL, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (case_id)
);
INSERT INTO "streams" VALUES('atelier-lumen/fournil/EUR',2);
CREATE TABLE wakeups (
	case_id VARCHAR(400) NOT NULL, 
	fingerprint TEXT NOT NULL, 
	decided_on DATE NOT NULL, 
	next_wakeup DATE, 
	scenario_hash TEXT NOT NULL, 
	edition TEXT NOT NULL, 
	PRIMARY KEY (case_id)
);
INSERT INTO "wakeups" VALUES('atelier-lumen/fournil/EUR','2:02d0112b4d1bc0ca6a261efa69e54777d3d3ded21b441e43322fb58db9f0e8fc','2026-11-23','2026-11-30','8a4cef7515aba06d','fr-2026-11-21');
CREATE INDEX outbox_by_state ON outbox (state);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('events',2);
INSERT INTO "sqlite_sequence" VALUES('outbox',1);
COMMIT;
