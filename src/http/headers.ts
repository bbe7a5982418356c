import type { RequestHandler } from 'express';
import helmet from 'helmet';

const SELF = ["'self'"];
const YEAR_S = 365 * 24 * 3600;

/** Nothing from elsewhere, nothing inline, no frames; the camera and the place only for our own page. */
export const securityHeaders = (publicUrl: string): readonly RequestHandler[] => [
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: SELF,
        styleSrc: SELF,
        imgSrc: ["'self'", 'blob:'],
        connectSrc: SELF,
        formAction: SELF,
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: YEAR_S } : false,
    // "no-referrer" would make browsers send our own forms with `Origin: null`.
    referrerPolicy: { policy: 'same-origin' },
  }),
  (_req, res, next) => {
    res.set('Permissions-Policy', 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=()');
    next();
  },
];
