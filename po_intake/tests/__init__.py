from . import test_access
from . import test_door_mail
from . import test_door_upload
from . import test_drafter
from . import test_fetchmail
from . import test_laws
from . import test_policy
from . import test_process
