import { startPage } from '../page/startPage.ts';
import LandingPage from './LandingPage.vue';

startPage(LandingPage);
