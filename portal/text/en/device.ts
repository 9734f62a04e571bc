export const device = {
  'device.title': 'Connect an application',
};
