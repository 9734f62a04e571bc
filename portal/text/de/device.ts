import type { device as english } from '../en/device.ts';

export const device: Partial<typeof english> = {
  'device.title': 'Anwendung verbinden',
  'device.lead': 'Geben Sie den Code ein, den die Anwendung zeigt.',
  'device.code': 'Code',
  'device.codeHint': 'Acht Buchstaben, zum Beispiel BCDF-GHJK.',
  'device.find': 'Weiter',
  'device.fault.code': 'Bitte geben Sie den ganzen Code ein.',
  'device.ask': 'Darf {application} für Sie arbeiten?',
  'device.askLead':
    'Stimmen Sie nur zu, wenn Sie die Anwendung gerade selbst gestartet haben und sie denselben Code zeigt.',
  'device.consent':
    'Sie sieht und benutzt Ihre Lizenzen und sonst nichts, {days, plural, one {# Tag} other {# Tage}} lang. In Ihrem Profil können Sie das jederzeit beenden.',
  'device.application': 'Anwendung',
  'device.place': 'Ort',
  'device.placeHint': 'nach Angabe der Anwendung; nicht geprüft',
  'device.placeUnknown': 'Keine Angabe',
  'device.address': 'Netzwerkadresse',
  'device.requested': 'Gefragt',
  'device.expires': 'Endet',
  'device.approve': 'Als {name} arbeiten lassen',
  'device.refuse': 'Ablehnen',
  'device.approved.title': '{application} ist verbunden',
  'device.approved.text':
    'Sie arbeitet jetzt als {name}. Sie können diese Seite schließen und zur Anwendung zurückgehen.',
  'device.refused.title': 'Abgelehnt',
  'device.refused.text':
    '{application} wurde nicht zugelassen. Wenn Sie die Anwendung nicht selbst gestartet haben, wollte vielleicht jemand Ihr Konto benutzen.',
  'device.another': 'Anderen Code eingeben',
};
