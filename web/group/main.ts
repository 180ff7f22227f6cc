import { startPage } from '../page/startPage.ts';
import GroupPage from './GroupPage.vue';

startPage(GroupPage);
