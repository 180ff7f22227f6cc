import { startPage } from '../page/startPage.ts';
import OrganizePage from './OrganizePage.vue';

startPage(OrganizePage);
