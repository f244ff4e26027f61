<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name>Actions</name>
    <message numerus="yes">
      <source>%n chosen</source>
      <translation>
        <numerusform>%n chosen</numerusform>
        <numerusform>%n chosen</numerusform>
      </translation>
    </message>
    <message>
      <source>Begin</source>
      <translation>Begin</translation>
    </message>
    <message>
      <source>Cannot be served…</source>
      <translation>Cannot be served…</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Done</translation>
    </message>
    <message>
      <source>Labels</source>
      <translation>Labels</translation>
    </message>
    <message>
      <source>Packed</source>
      <translation>Packed</translation>
    </message>
    <message>
      <source>Parcels of each order</source>
      <translation>Parcels of each order</translation>
    </message>
    <message>
      <source>Put back…</source>
      <translation>Put back…</translation>
    </message>
    <message>
      <source>Shelf (if any)</source>
      <translation>Shelf (if any)</translation>
    </message>
    <message>
      <source>Tap the cards that belong together</source>
      <translation>Tap the cards that belong together</translation>
    </message>
  </context>
  <context>
    <name>BackButton</name>
    <message>
      <source>%1 come back</source>
      <translation>%1 come back</translation>
    </message>
  </context>
  <context>
    <name>BasketPanel</name>
    <message>
      <source>Basket</source>
      <translation>Basket</translation>
    </message>
    <message>
      <source>Empty it</source>
      <translation>Empty it</translation>
    </message>
    <message>
      <source>Pay</source>
      <translation>Pay</translation>
    </message>
    <message>
      <source>Tap a product or scan its barcode.</source>
      <translation>Tap a product or scan its barcode.</translation>
    </message>
    <message>
      <source>Tap to sell it on its own</source>
      <translation>Tap to sell it on its own</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>Total</translation>
    </message>
    <message>
      <source>with %1</source>
      <translation>with %1</translation>
    </message>
  </context>
  <context>
    <name>Beside</name>
    <message>
      <source>Goods returned</source>
      <translation>Goods returned</translation>
    </message>
    <message>
      <source>Pressed by mistake</source>
      <translation>Pressed by mistake</translation>
    </message>
    <message>
      <source>Take %1 back: the goods are on the shelf again</source>
      <translation>Take %1 back: the goods are on the shelf again</translation>
    </message>
    <message>
      <source>Wrong customer</source>
      <translation>Wrong customer</translation>
    </message>
  </context>
  <context>
    <name>BoardPage</name>
    <message>
      <source>%1 is not on the board: it was handed over, cancelled, or belongs elsewhere.</source>
      <translation>%1 is not on the board: it was handed over, cancelled, or belongs elsewhere.</translation>
    </message>
    <message>
      <source>%1 must not be packed before %2: it would not be fresh. A manager may allow it.</source>
      <translation>%1 must not be packed before %2: it would not be fresh. A manager may allow it.</translation>
    </message>
    <message numerus="yes">
      <source>%n order(s)</source>
      <translation>
        <numerusform>%n order</numerusform>
        <numerusform>%n orders</numerusform>
      </translation>
    </message>
    <message>
      <source>Collected early</source>
      <translation>Collected early</translation>
    </message>
    <message>
      <source>Customer is here</source>
      <translation>Customer is here</translation>
    </message>
    <message>
      <source>Kept cool until then</source>
      <translation>Kept cool until then</translation>
    </message>
    <message>
      <source>No order matches what you look for.</source>
      <translation>No order matches what you look for.</translation>
    </message>
    <message>
      <source>Nothing to prepare. New orders appear here by themselves.</source>
      <translation>Nothing to prepare. New orders appear here by themselves.</translation>
    </message>
    <message>
      <source>Overdue</source>
      <translation>Overdue</translation>
    </message>
    <message>
      <source>Preparing</source>
      <translation>Preparing</translation>
    </message>
    <message>
      <source>Reading the orders.</source>
      <translation>Reading the orders.</translation>
    </message>
    <message>
      <source>Ready</source>
      <translation>Ready</translation>
    </message>
    <message>
      <source>Show everything</source>
      <translation>Show everything</translation>
    </message>
    <message>
      <source>The orders could not be read.</source>
      <translation>The orders could not be read.</translation>
    </message>
    <message>
      <source>To prepare</source>
      <translation>To prepare</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Try again</translation>
    </message>
    <message>
      <source>Undo %1</source>
      <translation>Undo %1</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>Waiting</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>nothing</translation>
    </message>
  </context>
  <context>
    <name>Card</name>
    <message>
      <source>Also here for this customer</source>
      <translation>Also here for this customer</translation>
    </message>
    <message>
      <source>Goes well with it</source>
      <translation>Goes well with it</translation>
    </message>
  </context>
  <context>
    <name>CountPanel</name>
    <message>
      <source>A count is a number from 0 up.</source>
      <translation>A count is a number from 0 up.</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Back</translation>
    </message>
    <message>
      <source>Count what is on the shelf</source>
      <translation>Count what is on the shelf</translation>
    </message>
    <message>
      <source>Counted</source>
      <translation>Counted</translation>
    </message>
    <message numerus="yes">
      <source>Keep %n figure(s)</source>
      <translation>
        <numerusform>Keep %n figure</numerusform>
        <numerusform>Keep %n figures</numerusform>
      </translation>
    </message>
    <message>
      <source>Next</source>
      <translation>Next</translation>
    </message>
    <message>
      <source>Tap a product</source>
      <translation>Tap a product</translation>
    </message>
    <message>
      <source>Type figures or scan piece by piece: only what you count is changed.</source>
      <translation>Type figures or scan piece by piece: only what you count is changed.</translation>
    </message>
    <message>
      <source>What is above 0 is offered at once, what is 0 no longer.</source>
      <translation>What is above 0 is offered at once, what is 0 no longer.</translation>
    </message>
    <message>
      <source>What is left tonight?</source>
      <translation>What is left tonight?</translation>
    </message>
  </context>
  <context>
    <name>CustomerDisplay</name>
    <message>
      <source>Please check that everything is there.</source>
      <translation>Please check that everything is there.</translation>
    </message>
    <message>
      <source>Please have your pickup code ready.</source>
      <translation>Please have your pickup code ready.</translation>
    </message>
    <message>
      <source>Scan to share with a friend.</source>
      <translation>Scan to share with a friend.</translation>
    </message>
    <message>
      <source>Thank you, see you soon</source>
      <translation>Thank you, see you soon</translation>
    </message>
    <message>
      <source>Welcome</source>
      <translation>Welcome</translation>
    </message>
    <message>
      <source>Your order</source>
      <translation>Your order</translation>
    </message>
    <message numerus="yes">
      <source>and %n more</source>
      <translation>
        <numerusform>and %n more</numerusform>
        <numerusform>and %n more</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>DataPanel</name>
    <message>
      <source>%1 GB free</source>
      <translation>%1 GB free</translation>
    </message>
    <message>
      <source>A copy of the data for a folder or USB stick: with the orders, without PINs and keys.</source>
      <translation>A copy of the data for a folder or USB stick: with the orders, without PINs and keys.</translation>
    </message>
    <message>
      <source>A manager may restore.</source>
      <translation>A manager may restore.</translation>
    </message>
    <message>
      <source>A manager restores the backup</source>
      <translation>A manager restores the backup</translation>
    </message>
    <message>
      <source>A report for support that names no customer and no clerk.</source>
      <translation>A report for support that names no customer and no clerk.</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Back</translation>
    </message>
    <message>
      <source>Back up</source>
      <translation>Back up</translation>
    </message>
    <message>
      <source>Backup of %1 from %2. It takes the place of this terminal's data, which are set aside; what this terminal did since is added again.</source>
      <translation>Backup of %1 from %2. It takes the place of this terminal's data, which are set aside; what this terminal did since is added again.</translation>
    </message>
    <message>
      <source>Backups</source>
      <translation>Backups</translation>
    </message>
    <message>
      <source>Choose a backup…</source>
      <translation>Choose a backup…</translation>
    </message>
    <message>
      <source>Diagnostics</source>
      <translation>Diagnostics</translation>
    </message>
    <message>
      <source>Into a folder…</source>
      <translation>Into a folder…</translation>
    </message>
    <message>
      <source>Only a backup of this store; a damaged one or one of a newer release is refused.</source>
      <translation>Only a backup of this store; a damaged one or one of a newer release is refused.</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>Restore</translation>
    </message>
    <message>
      <source>Restore it</source>
      <translation>Restore it</translation>
    </message>
    <message>
      <source>Restored. HQ is asked for everything that is newer.</source>
      <translation>Restored. HQ is asked for everything that is newer.</translation>
    </message>
    <message>
      <source>Saved and checked: %1 in %2. Now the stick can be taken out.</source>
      <translation>Saved and checked: %1 in %2. Now the stick can be taken out.</translation>
    </message>
    <message>
      <source>The backup is being checked.</source>
      <translation>The backup is being checked.</translation>
    </message>
    <message>
      <source>The backup is being restored. Please wait.</source>
      <translation>The backup is being restored. Please wait.</translation>
    </message>
    <message>
      <source>The backup is being written and checked.</source>
      <translation>The backup is being written and checked.</translation>
    </message>
    <message>
      <source>To the Sync page</source>
      <translation>To the Sync page</translation>
    </message>
  </context>
  <context>
    <name>DetailsPanel</name>
    <message>
      <source>%1 of %2 stay here</source>
      <translation>%1 of %2 stay here</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Back</translation>
    </message>
    <message>
      <source>Broken</source>
      <translation>Broken</translation>
    </message>
    <message>
      <source>Customer does not want it</source>
      <translation>Customer does not want it</translation>
    </message>
    <message>
      <source>Missing</source>
      <translation>Missing</translation>
    </message>
    <message>
      <source>Name, and how they know the customer</source>
      <translation>Name, and how they know the customer</translation>
    </message>
    <message>
      <source>Somebody else came:</source>
      <translation>Somebody else came:</translation>
    </message>
    <message>
      <source>Tap what stays here; HQ pays it back to the customer</source>
      <translation>Tap what stays here; HQ pays it back to the customer</translation>
    </message>
    <message>
      <source>The customer has the rest</source>
      <translation>The customer has the rest</translation>
    </message>
    <message>
      <source>Then nothing goes out: go back and say that it stays here.</source>
      <translation>Then nothing goes out: go back and say that it stays here.</translation>
    </message>
  </context>
  <context>
    <name>DonePanel</name>
    <message>
      <source>Change</source>
      <translation>Change</translation>
    </message>
    <message>
      <source>Next sale</source>
      <translation>Next sale</translation>
    </message>
    <message>
      <source>Print again</source>
      <translation>Print again</translation>
    </message>
    <message>
      <source>Receipt %1</source>
      <translation>Receipt %1</translation>
    </message>
    <message>
      <source>Sold</source>
      <translation>Sold</translation>
    </message>
    <message>
      <source>with %1</source>
      <translation>with %1</translation>
    </message>
  </context>
  <context>
    <name>DueStrip</name>
    <message>
      <source>Begin</source>
      <translation>Begin</translation>
    </message>
    <message>
      <source>Begin now: %1</source>
      <translation>Begin now: %1</translation>
    </message>
    <message>
      <source>Seen</source>
      <translation>Seen</translation>
    </message>
    <message numerus="yes">
      <source>and %n more</source>
      <translation>
        <numerusform>and %n more</numerusform>
        <numerusform>and %n more</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>EnrolPage</name>
    <message>
      <source>Asking HQ.</source>
      <translation>Asking HQ.</translation>
    </message>
    <message>
      <source>Connect</source>
      <translation>Connect</translation>
    </message>
    <message>
      <source>Connect this terminal to HQ</source>
      <translation>Connect this terminal to HQ</translation>
    </message>
    <message>
      <source>Counter 1</source>
      <translation>Counter 1</translation>
    </message>
    <message>
      <source>HQ gives you an address and a one-time code, or a link with both: paste it into any field, or scan its QR code with the USB scanner.</source>
      <translation>HQ gives you an address and a one-time code, or a link with both: paste it into any field, or scan its QR code with the USB scanner.</translation>
    </message>
    <message>
      <source>HQ has taken this terminal in.</source>
      <translation>HQ has taken this terminal in.</translation>
    </message>
    <message>
      <source>HQ says otherwise: use it as it is</source>
      <translation>HQ says otherwise: use it as it is</translation>
    </message>
    <message>
      <source>HQ's address</source>
      <translation>HQ's address</translation>
    </message>
    <message>
      <source>One-time code</source>
      <translation>One-time code</translation>
    </message>
    <message>
      <source>Stop waiting</source>
      <translation>Stop waiting</translation>
    </message>
    <message>
      <source>This terminal's name</source>
      <translation>This terminal's name</translation>
    </message>
  </context>
  <context>
    <name>Filters</name>
    <message>
      <source>Choose several</source>
      <translation>Choose several</translation>
    </message>
    <message>
      <source>Number, name or product</source>
      <translation>Number, name or product</translation>
    </message>
  </context>
  <context>
    <name>Findings</name>
    <message>
      <source>Ends with</source>
      <translation>Ends with</translation>
    </message>
    <message>
      <source>Gaps</source>
      <translation>Gaps</translation>
    </message>
    <message>
      <source>Scanner</source>
      <translation>Scanner</translation>
    </message>
    <message>
      <source>Speed</source>
      <translation>Speed</translation>
    </message>
  </context>
  <context>
    <name>FoundPrinters</name>
    <message>
      <source>For labels</source>
      <translation>For labels</translation>
    </message>
    <message>
      <source>For receipts</source>
      <translation>For receipts</translation>
    </message>
    <message>
      <source>Found on this machine</source>
      <translation>Found on this machine</translation>
    </message>
    <message>
      <source>Look again</source>
      <translation>Look again</translation>
    </message>
    <message>
      <source>Looking …</source>
      <translation>Looking …</translation>
    </message>
    <message>
      <source>Network printers do not show up here: type their address in above.</source>
      <translation>Network printers do not show up here: type their address in above.</translation>
    </message>
    <message>
      <source>Nothing found. Type the address of a network printer in above.</source>
      <translation>Nothing found. Type the address of a network printer in above.</translation>
    </message>
  </context>
  <context>
    <name>Frame</name>
    <message numerus="yes">
      <source>%n put aside</source>
      <translation>
        <numerusform>%n put aside</numerusform>
        <numerusform>%n put aside</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n to send</source>
      <translation>
        <numerusform>%n to send</numerusform>
        <numerusform>%n to send</numerusform>
      </translation>
    </message>
    <message>
      <source>Opening this store's data.</source>
      <translation>Opening this store's data.</translation>
    </message>
    <message>
      <source>Switch the keyboard to English (中/英, usually Shift): the input method swallows the scan.</source>
      <translation>Switch the keyboard to English (中/英, usually Shift): the input method swallows the scan.</translation>
    </message>
    <message>
      <source>The settings could not be read and begin anew; the old file is kept as %1.</source>
      <translation>The settings could not be read and begin anew; the old file is kept as %1.</translation>
    </message>
    <message>
      <source>There is no code in this picture that can be read.</source>
      <translation>There is no code in this picture that can be read.</translation>
    </message>
    <message>
      <source>Who is here?</source>
      <translation>Who is here?</translation>
    </message>
  </context>
  <context>
    <name>IncidentCard</name>
    <message>
      <source>A manager closes this incident</source>
      <translation>A manager closes this incident</translation>
    </message>
    <message>
      <source>Close it</source>
      <translation>Close it</translation>
    </message>
  </context>
  <context>
    <name>KeysPage</name>
    <message>
      <source>%1 is taken: %2.</source>
      <translation>%1 is taken: %2.</translation>
    </message>
    <message>
      <source>Back (Esc)</source>
      <translation>Back (Esc)</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Keys</translation>
    </message>
    <message>
      <source>To change one, tap it and press the new key. Scanning works on every page.</source>
      <translation>To change one, tap it and press the new key. Scanning works on every page.</translation>
    </message>
    <message>
      <source>Use F1 to F12, or a key together with Ctrl or Alt: the others are needed for typing.</source>
      <translation>Use F1 to F12, or a key together with Ctrl or Alt: the others are needed for typing.</translation>
    </message>
    <message>
      <source>Usual keys</source>
      <translation>Usual keys</translation>
    </message>
  </context>
  <context>
    <name>LeavePage</name>
    <message>
      <source>A manager's PIN closes it.</source>
      <translation>A manager's PIN closes it.</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Close</translation>
    </message>
    <message>
      <source>Close the program</source>
      <translation>Close the program</translation>
    </message>
    <message>
      <source>Close the program?</source>
      <translation>Close the program?</translation>
    </message>
    <message>
      <source>Everything has been sent to HQ.</source>
      <translation>Everything has been sent to HQ.</translation>
    </message>
    <message>
      <source>Stay</source>
      <translation>Stay</translation>
    </message>
  </context>
  <context>
    <name>LinePanel</name>
    <message>
      <source>A manager allows it</source>
      <translation>A manager allows it</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Back</translation>
    </message>
    <message>
      <source>Damaged</source>
      <translation>Damaged</translation>
    </message>
    <message>
      <source>Last day</source>
      <translation>Last day</translation>
    </message>
    <message>
      <source>New price</source>
      <translation>New price</translation>
    </message>
    <message>
      <source>Pieces</source>
      <translation>Pieces</translation>
    </message>
    <message>
      <source>Set pieces</source>
      <translation>Set pieces</translation>
    </message>
    <message>
      <source>Set price</source>
      <translation>Set price</translation>
    </message>
    <message>
      <source>Type a number of pieces from 0 to %1.</source>
      <translation>Type a number of pieces from 0 to %1.</translation>
    </message>
    <message>
      <source>Type the price like 12.80.</source>
      <translation>Type the price like 12.80.</translation>
    </message>
    <message>
      <source>Why another price?</source>
      <translation>Why another price?</translation>
    </message>
  </context>
  <context>
    <name>LineRow</name>
    <message>
      <source>Another number</source>
      <translation>Another number</translation>
    </message>
    <message>
      <source>Another price</source>
      <translation>Another price</translation>
    </message>
    <message>
      <source>one less</source>
      <translation>one less</translation>
    </message>
    <message>
      <source>one more</source>
      <translation>one more</translation>
    </message>
  </context>
  <context>
    <name>LiveView</name>
    <message>
      <source>The camera cannot be opened: another program may be using it.</source>
      <translation>The camera cannot be opened: another program may be using it.</translation>
    </message>
    <message>
      <source>The camera is being opened.</source>
      <translation>The camera is being opened.</translation>
    </message>
    <message>
      <source>The camera is gone; it is being looked for.</source>
      <translation>The camera is gone; it is being looked for.</translation>
    </message>
    <message>
      <source>The camera is not plugged in.</source>
      <translation>The camera is not plugged in.</translation>
    </message>
  </context>
  <context>
    <name>ManagerPanel</name>
    <message>
      <source>A reason is missing: choose one or write it.</source>
      <translation>A reason is missing: choose one or write it.</translation>
    </message>
    <message>
      <source>Allow</source>
      <translation>Allow</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Back</translation>
    </message>
    <message>
      <source>Manager's PIN</source>
      <translation>Manager's PIN</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>Reason</translation>
    </message>
    <message>
      <source>The manager's PIN is missing.</source>
      <translation>The manager's PIN is missing.</translation>
    </message>
    <message>
      <source>This PIN was not taken. After several wrong ones there is a pause.</source>
      <translation>This PIN was not taken. After several wrong ones there is a pause.</translation>
    </message>
    <message numerus="yes">
      <source>Too many wrong PINs. Try again in %n second(s).</source>
      <translation>
        <numerusform>Too many wrong PINs. Try again in %n second.</numerusform>
        <numerusform>Too many wrong PINs. Try again in %n seconds.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>MovePanel</name>
    <message>
      <source>%1, full</source>
      <translation>%1, full</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Back</translation>
    </message>
    <message>
      <source>Move it</source>
      <translation>Move it</translation>
    </message>
    <message>
      <source>No other time is free.</source>
      <translation>No other time is free.</translation>
    </message>
    <message>
      <source>When does the customer want to come?</source>
      <translation>When does the customer want to come?</translation>
    </message>
  </context>
  <context>
    <name>NumberPad</name>
    <message>
      <source>Take the last digit back</source>
      <translation>Take the last digit back</translation>
    </message>
  </context>
  <context>
    <name>OpenForm</name>
    <message>
      <source>Count the change in the drawer and open the till. Handing orders over works without it.</source>
      <translation>Count the change in the drawer and open the till. Handing orders over works without it.</translation>
    </message>
    <message>
      <source>In the drawer</source>
      <translation>In the drawer</translation>
    </message>
    <message>
      <source>Open the till</source>
      <translation>Open the till</translation>
    </message>
    <message>
      <source>Receipts</source>
      <translation>Receipts</translation>
    </message>
    <message>
      <source>The till is closed</source>
      <translation>The till is closed</translation>
    </message>
    <message>
      <source>Type the amount like 200 or 200.00; 0 if the drawer is empty.</source>
      <translation>Type the amount like 200 or 200.00; 0 if the drawer is empty.</translation>
    </message>
  </context>
  <context>
    <name>ParkedRow</name>
    <message>
      <source>HQ says: %1</source>
      <translation>HQ says: %1</translation>
    </message>
    <message>
      <source>Send again</source>
      <translation>Send again</translation>
    </message>
  </context>
  <context>
    <name>PastShifts</name>
    <message>
      <source>Earlier shifts</source>
      <translation>Earlier shifts</translation>
    </message>
    <message>
      <source>No shift has been closed here yet.</source>
      <translation>No shift has been closed here yet.</translation>
    </message>
    <message>
      <source>Show the report</source>
      <translation>Show the report</translation>
    </message>
    <message>
      <source>matches</source>
      <translation>matches</translation>
    </message>
  </context>
  <context>
    <name>PhotoBox</name>
    <message>
      <source>First tap what stays here.</source>
      <translation>First tap what stays here.</translation>
    </message>
    <message>
      <source>Photo of what stays here</source>
      <translation>Photo of what stays here</translation>
    </message>
    <message>
      <source>Photo: only with a camera</source>
      <translation>Photo: only with a camera</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Remove</translation>
    </message>
    <message>
      <source>Take a photo</source>
      <translation>Take a photo</translation>
    </message>
    <message>
      <source>Take again</source>
      <translation>Take again</translation>
    </message>
    <message>
      <source>There is no picture from the camera.</source>
      <translation>There is no picture from the camera.</translation>
    </message>
  </context>
  <context>
    <name>Photos</name>
    <message>
      <source>It is handed over. The photo could not be kept: the disk is almost full.</source>
      <translation>It is handed over. The photo could not be kept: the disk is almost full.</translation>
    </message>
  </context>
  <context>
    <name>PickView</name>
    <message>
      <source>%1: %2</source>
      <comment>when, how much</comment>
      <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
      <source>%n piece(s) to fetch</source>
      <translation>
        <numerusform>%n piece to fetch</numerusform>
        <numerusform>%n pieces to fetch</numerusform>
      </translation>
    </message>
    <message>
      <source>Everything is fetched</source>
      <translation>Everything is fetched</translation>
    </message>
    <message>
      <source>From – until</source>
      <translation>From – until</translation>
    </message>
    <message>
      <source>It waits for a printer: choose one in the settings.</source>
      <translation>It waits for a printer: choose one in the settings.</translation>
    </message>
    <message>
      <source>Next 2 hours</source>
      <translation>Next 2 hours</translation>
    </message>
    <message>
      <source>Next window</source>
      <translation>Next window</translation>
    </message>
    <message>
      <source>Nothing of this kind to fetch. Tap All to see the rest.</source>
      <translation>Nothing of this kind to fetch. Tap All to see the rest.</translation>
    </message>
    <message>
      <source>Nothing to fetch for this time: everything is packed, or nothing was ordered.</source>
      <translation>Nothing to fetch for this time: everything is packed, or nothing was ordered.</translation>
    </message>
    <message>
      <source>Print</source>
      <translation>Print</translation>
    </message>
    <message>
      <source>Reading the orders.</source>
      <translation>Reading the orders.</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>Today</translation>
    </message>
    <message>
      <source>Tomorrow</source>
      <translation>Tomorrow</translation>
    </message>
    <message>
      <source>Windows that open from</source>
      <translation>Windows that open from</translation>
    </message>
    <message>
      <source>until before</source>
      <translation>until before</translation>
    </message>
  </context>
  <context>
    <name>Presenter</name>
    <message>
      <source>A manager allows this hand-over</source>
      <translation>A manager allows this hand-over</translation>
    </message>
    <message>
      <source>A price has changed meanwhile: look at the basket again.</source>
      <translation>A price has changed meanwhile: look at the basket again.</translation>
    </message>
    <message>
      <source>Arranged by phone</source>
      <translation>Arranged by phone</translation>
    </message>
    <message>
      <source>Checked at the main counter</source>
      <translation>Checked at the main counter</translation>
    </message>
    <message>
      <source>First finish %1: does the customer have it?</source>
      <translation>First finish %1: does the customer have it?</translation>
    </message>
    <message>
      <source>First give back what the customer has paid: tap it.</source>
      <translation>First give back what the customer has paid: tap it.</translation>
    </message>
    <message>
      <source>Goods are still good</source>
      <translation>Goods are still good</translation>
    </message>
    <message>
      <source>HQ took a product off the catalogue: it is no longer in the basket.</source>
      <translation>HQ took a product off the catalogue: it is no longer in the basket.</translation>
    </message>
    <message>
      <source>No product of this store has the barcode %1.</source>
      <translation>No product of this store has the barcode %1.</translation>
    </message>
    <message numerus="yes">
      <source>Right. %n parcel(s) of this order still to come.</source>
      <translation>
        <numerusform>Right. %n parcel of this order still to come.</numerusform>
        <numerusform>Right. %n parcels of this order still to come.</numerusform>
      </translation>
    </message>
    <message>
      <source>Wrong parcel: this is %1, the customer gets %2. Put it back.</source>
      <translation>Wrong parcel: this is %1, the customer gets %2. Put it back.</translation>
    </message>
  </context>
  <context>
    <name>PrintPreview</name>
    <message>
      <source>So it looks</source>
      <translation>So it looks</translation>
    </message>
  </context>
  <context>
    <name>PrinterForm</name>
    <message>
      <source>Labels</source>
      <translation>Labels</translation>
    </message>
    <message>
      <source>Open drawer</source>
      <translation>Open drawer</translation>
    </message>
    <message>
      <source>Receipts</source>
      <translation>Receipts</translation>
    </message>
    <message>
      <source>Test page</source>
      <translation>Test page</translation>
    </message>
  </context>
  <context>
    <name>PrinterWatch</name>
    <message>
      <source>%1: %2</source>
      <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
      <source>%n waiting</source>
      <translation>
        <numerusform>%n is waiting.</numerusform>
        <numerusform>%n are waiting.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ProductFilter</name>
    <message>
      <source>All</source>
      <translation>All</translation>
    </message>
    <message>
      <source>Find a product</source>
      <translation>Find a product</translation>
    </message>
    <message>
      <source>Name or barcode</source>
      <translation>Name or barcode</translation>
    </message>
  </context>
  <context>
    <name>Products</name>
    <message>
      <source>No product matches what you look for.</source>
      <translation>No product matches what you look for.</translation>
    </message>
    <message>
      <source>No products yet: they come from HQ by themselves.</source>
      <translation>No products yet: they come from HQ by themselves.</translation>
    </message>
    <message>
      <source>Products</source>
      <translation>Products</translation>
    </message>
    <message>
      <source>Receipts</source>
      <translation>Receipts</translation>
    </message>
  </context>
  <context>
    <name>PutBackPanel</name>
    <message>
      <source>A reason is missing: choose one or write it.</source>
      <translation>A reason is missing: choose one or write it.</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Back</translation>
    </message>
    <message>
      <source>Customer comes another day</source>
      <translation>Customer comes another day</translation>
    </message>
    <message>
      <source>No longer good</source>
      <translation>No longer good</translation>
    </message>
    <message>
      <source>Nobody came</source>
      <translation>Nobody came</translation>
    </message>
    <message numerus="yes">
      <source>Put %n order(s) back: why?</source>
      <translation>
        <numerusform>Put %n order back: why?</numerusform>
        <numerusform>Put %n orders back: why?</numerusform>
      </translation>
    </message>
    <message>
      <source>Put back</source>
      <translation>Put back</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>Reason</translation>
    </message>
    <message>
      <source>What is good can be sold again, the rest is taken off in Stock. The order stays open at HQ.</source>
      <translation>What is good can be sold again, the rest is taken off in Stock. The order stays open at HQ.</translation>
    </message>
  </context>
  <context>
    <name>QuarterPanel</name>
    <message numerus="yes">
      <source>%n order(s)</source>
      <translation>
        <numerusform>%n order</numerusform>
        <numerusform>%n orders</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n too many</source>
      <translation>
        <numerusform>%n too many</numerusform>
        <numerusform>%n too many</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Begin these %n now</source>
      <translation>
        <numerusform>Begin it now</numerusform>
        <numerusform>Begin these %n now</numerusform>
      </translation>
    </message>
    <message>
      <source>Earlier</source>
      <translation>Earlier</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>Later</translation>
    </message>
    <message>
      <source>No order.</source>
      <translation>No order.</translation>
    </message>
    <message>
      <source>Tap a bar to see what falls into it.</source>
      <translation>Tap a bar to see what falls into it.</translation>
    </message>
    <message numerus="yes">
      <source>and %n more</source>
      <translation>
        <numerusform>and %n more</numerusform>
        <numerusform>and %n more</numerusform>
      </translation>
    </message>
    <message>
      <source>begin before: %1</source>
      <translation>begin before: %1</translation>
    </message>
    <message>
      <source>no room before: get help, or tell HQ</source>
      <translation>no room before: get help, or tell HQ</translation>
    </message>
  </context>
  <context>
    <name>QueuePanel</name>
    <message numerus="yes">
      <source>%n more</source>
      <translation>
        <numerusform>%n more</numerusform>
        <numerusform>%n more</numerusform>
      </translation>
    </message>
    <message>
      <source>Close it</source>
      <translation>Close it</translation>
    </message>
    <message>
      <source>Give it up</source>
      <translation>Give it up</translation>
    </message>
    <message>
      <source>Look at it</source>
      <translation>Look at it</translation>
    </message>
    <message>
      <source>Nothing waits.</source>
      <translation>Nothing waits.</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Try again</translation>
    </message>
    <message>
      <source>Waiting to be printed</source>
      <translation>Waiting to be printed</translation>
    </message>
  </context>
  <context>
    <name>ReadyPage</name>
    <message numerus="yes">
      <source>%n person(s) have a PIN from HQ: signing in by PIN can be switched on.</source>
      <translation>
        <numerusform>%n person has a PIN from HQ: signing in by PIN can be switched on.</numerusform>
        <numerusform>%n people have a PIN from HQ: signing in by PIN can be switched on.</numerusform>
      </translation>
    </message>
    <message>
      <source>A printer for receipts is chosen. A test page shows whether it prints.</source>
      <translation>A printer for receipts is chosen. A test page shows whether it prints.</translation>
    </message>
    <message>
      <source>Choose a printer</source>
      <translation>Choose a printer</translation>
    </message>
    <message>
      <source>Enter is always the big button, Esc goes back, F1 shows every key.</source>
      <translation>Enter is always the big button, Esc goes back, F1 shows every key.</translation>
    </message>
    <message>
      <source>Everybody signs in by PIN.</source>
      <translation>Everybody signs in by PIN.</translation>
    </message>
    <message>
      <source>For receipts and labels: choose a printer and print a test. It can wait.</source>
      <translation>For receipts and labels: choose a printer and print a test. It can wait.</translation>
    </message>
    <message>
      <source>Green: fetch and give. Yellow: first do what the card says. Red: give nothing.</source>
      <translation>Green: fetch and give. Yellow: first do what the card says. Red: give nothing.</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>No order is here yet. They arrive by themselves while the line to HQ stands.</source>
      <translation>No order is here yet. They arrive by themselves while the line to HQ stands.</translation>
    </message>
    <message>
      <source>Nobody has a PIN yet: HQ gives them. The counter works without.</source>
      <translation>Nobody has a PIN yet: HQ gives them. The counter works without.</translation>
    </message>
    <message>
      <source>Scan a test code: the program says whether your scanner does it well.</source>
      <translation>Scan a test code: the program says whether your scanner does it well.</translation>
    </message>
    <message>
      <source>Scan the customer's code, or type the short code or the phone's last four digits.</source>
      <translation>Scan the customer's code, or type the short code or the phone's last four digits.</translation>
    </message>
    <message>
      <source>Sign in by PIN…</source>
      <translation>Sign in by PIN…</translation>
    </message>
    <message>
      <source>Test the scanner</source>
      <translation>Test the scanner</translation>
    </message>
    <message>
      <source>The first order is here: %1, wanted %2.</source>
      <translation>The first order is here: %1, wanted %2.</translation>
    </message>
    <message>
      <source>The scanner works: a code was read.</source>
      <translation>The scanner works: a code was read.</translation>
    </message>
    <message>
      <source>This terminal belongs to %1 now</source>
      <translation>This terminal belongs to %1 now</translation>
    </message>
    <message>
      <source>This terminal is ready</source>
      <translation>This terminal is ready</translation>
    </message>
    <message>
      <source>To the counter (Enter)</source>
      <translation>To the counter (Enter)</translation>
    </message>
    <message>
      <source>Who is at the counter? The name stands beside every hand-over.</source>
      <translation>Who is at the counter? The name stands beside every hand-over.</translation>
    </message>
  </context>
  <context>
    <name>RefundPanel</name>
    <message>
      <source>A manager takes this sale back</source>
      <translation>A manager takes this sale back</translation>
    </message>
    <message>
      <source>A receipt number has digits only: it stands on top of the receipt.</source>
      <translation>A receipt number has digits only: it stands on top of the receipt.</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Back</translation>
    </message>
    <message>
      <source>Changed mind</source>
      <translation>Changed mind</translation>
    </message>
    <message>
      <source>Everything of this receipt has come back already.</source>
      <translation>Everything of this receipt has come back already.</translation>
    </message>
    <message>
      <source>Find</source>
      <translation>Find</translation>
    </message>
    <message>
      <source>It goes back as %1</source>
      <translation>It goes back as %1</translation>
    </message>
    <message>
      <source>Not good</source>
      <translation>Not good</translation>
    </message>
    <message>
      <source>Paid back. The receipt for it is being printed.</source>
      <translation>Paid back. The receipt for it is being printed.</translation>
    </message>
    <message>
      <source>Pay back %1</source>
      <translation>Pay back %1</translation>
    </message>
    <message>
      <source>Print again</source>
      <translation>Print again</translation>
    </message>
    <message>
      <source>Receipt number</source>
      <translation>Receipt number</translation>
    </message>
    <message>
      <source>Receipts and goods that come back</source>
      <translation>Receipts and goods that come back</translation>
    </message>
    <message>
      <source>The till is closed: open it to take goods back.</source>
      <translation>The till is closed: open it to take goods back.</translation>
    </message>
    <message>
      <source>Wrong goods</source>
      <translation>Wrong goods</translation>
    </message>
  </context>
  <context>
    <name>RejectPanel</name>
    <message>
      <source>%1 cannot be served: tap what is missing, and say why</source>
      <translation>%1 cannot be served: tap what is missing, and say why</translation>
    </message>
    <message>
      <source>%1 of %2 missing</source>
      <translation>%1 of %2 missing</translation>
    </message>
    <message>
      <source>A reason is missing: choose one or write it.</source>
      <translation>A reason is missing: choose one or write it.</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Back</translation>
    </message>
    <message>
      <source>Broken</source>
      <translation>Broken</translation>
    </message>
    <message>
      <source>Not to be found</source>
      <translation>Not to be found</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>Reason</translation>
    </message>
    <message>
      <source>Sold at the counter</source>
      <translation>Sold at the counter</translation>
    </message>
    <message>
      <source>Tap the goods that are missing.</source>
      <translation>Tap the goods that are missing.</translation>
    </message>
    <message>
      <source>Tell HQ</source>
      <translation>Tell HQ</translation>
    </message>
  </context>
  <context>
    <name>Reminder</name>
    <message numerus="yes">
      <source>And %n more.</source>
      <translation>
        <numerusform>And %n more.</numerusform>
        <numerusform>And %n more.</numerusform>
      </translation>
    </message>
    <message>
      <source>Begin now: %1, wanted %2.</source>
      <translation>Begin now: %1, wanted %2.</translation>
    </message>
  </context>
  <context>
    <name>ReportPanel</name>
    <message>
      <source>Done</source>
      <translation>Done</translation>
    </message>
    <message>
      <source>Print again</source>
      <translation>Print again</translation>
    </message>
  </context>
  <context>
    <name>Returns</name>
    <message>
      <source>There is no such receipt of this till.</source>
      <translation>There is no such receipt of this till.</translation>
    </message>
  </context>
  <context>
    <name>RightsBar</name>
    <message>
      <source>A manager lets the settings be changed</source>
      <translation>A manager lets the settings be changed</translation>
    </message>
    <message>
      <source>Lock again</source>
      <translation>Lock again</translation>
    </message>
    <message>
      <source>Opened by %1, until this page is left.</source>
      <translation>Opened by %1, until this page is left.</translation>
    </message>
    <message>
      <source>Unlock with a manager's PIN</source>
      <translation>Unlock with a manager's PIN</translation>
    </message>
    <message>
      <source>What is grey here a manager may change.</source>
      <translation>What is grey here a manager may change.</translation>
    </message>
  </context>
  <context>
    <name>ScanBox</name>
    <message>
      <source>Camera and USB scanner ready.</source>
      <translation>Camera and USB scanner ready.</translation>
    </message>
    <message>
      <source>Hold still</source>
      <translation>Hold still</translation>
    </message>
    <message>
      <source>Hold the phone closer</source>
      <translation>Hold the phone closer</translation>
    </message>
    <message>
      <source>Not a pickup code</source>
      <translation>Not a pickup code</translation>
    </message>
    <message numerus="yes">
      <source>Reading: %n character(s)</source>
      <translation>
        <numerusform>Reading: %n character</numerusform>
        <numerusform>Reading: %n characters</numerusform>
      </translation>
    </message>
    <message>
      <source>The camera cannot be opened: another program may use it. The USB scanner works.</source>
      <translation>The camera cannot be opened: another program may use it. The USB scanner works.</translation>
    </message>
    <message>
      <source>The camera cannot read codes on this machine. Use the USB scanner.</source>
      <translation>The camera cannot read codes on this machine. Use the USB scanner.</translation>
    </message>
    <message>
      <source>The camera does not answer. Unplug it and plug it in again. The USB scanner works.</source>
      <translation>The camera does not answer. Unplug it and plug it in again. The USB scanner works.</translation>
    </message>
    <message>
      <source>The camera is being opened.</source>
      <translation>The camera is being opened.</translation>
    </message>
    <message>
      <source>The camera is gone; it is being looked for. The USB scanner works.</source>
      <translation>The camera is gone; it is being looked for. The USB scanner works.</translation>
    </message>
    <message>
      <source>The camera is not plugged in. The USB scanner works.</source>
      <translation>The camera is not plugged in. The USB scanner works.</translation>
    </message>
    <message>
      <source>Tilt the phone a little: it reflects</source>
      <translation>Tilt the phone a little: it reflects</translation>
    </message>
    <message>
      <source>Too dark: brighten the screen</source>
      <translation>Too dark: brighten the screen</translation>
    </message>
    <message>
      <source>USB scanner ready. No camera in use.</source>
      <translation>USB scanner ready. No camera in use.</translation>
    </message>
  </context>
  <context>
    <name>ScannerTest</name>
    <message>
      <source>Now scan this code once, as you would scan a customer's. Esc stops.</source>
      <translation>Now scan this code once, as you would scan a customer's. Esc stops.</translation>
    </message>
    <message>
      <source>Open a recording…</source>
      <translation>Open a recording…</translation>
    </message>
    <message>
      <source>Press start, then scan this code with the scanner, or show a photo of it to the camera.</source>
      <translation>Press start, then scan this code with the scanner, or show a photo of it to the camera.</translation>
    </message>
    <message numerus="yes">
      <source>Reading: %n character(s)</source>
      <translation>
        <numerusform>Reading: %n character</numerusform>
        <numerusform>Reading: %n characters</numerusform>
      </translation>
    </message>
    <message>
      <source>Recorded on the settings page</source>
      <translation>Recorded on the settings page</translation>
    </message>
    <message>
      <source>Save the recording…</source>
      <translation>Save the recording…</translation>
    </message>
    <message>
      <source>Start the test</source>
      <translation>Start the test</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Stop</translation>
    </message>
    <message>
      <source>Test the scanner</source>
      <translation>Test the scanner</translation>
    </message>
    <message>
      <source>The recording could not be saved there.</source>
      <translation>The recording could not be saved there.</translation>
    </message>
    <message>
      <source>This file is not a recording of a scanner that can be read.</source>
      <translation>This file is not a recording of a scanner that can be read.</translation>
    </message>
  </context>
  <context>
    <name>SearchField</name>
    <message>
      <source>8 digits, phone's last four, a name</source>
      <translation>8 digits, phone's last four, a name</translation>
    </message>
    <message>
      <source>Choose a picture of a code (Ctrl+O)</source>
      <translation>Choose a picture of a code (Ctrl+O)</translation>
    </message>
    <message>
      <source>Search an order</source>
      <translation>Search an order</translation>
    </message>
  </context>
  <context>
    <name>SerialScanners</name>
    <message>
      <source>A USB scanner set to serial (USB-COM) is the surest way: no keyboard and no input method between.</source>
      <translation>A USB scanner set to serial (USB-COM) is the surest way: no keyboard and no input method between.</translation>
    </message>
    <message>
      <source>In use</source>
      <translation>In use</translation>
    </message>
    <message>
      <source>Look again</source>
      <translation>Look again</translation>
    </message>
    <message>
      <source>Looks like a scanner</source>
      <translation>Looks like a scanner</translation>
    </message>
    <message>
      <source>No serial port found.</source>
      <translation>No serial port found.</translation>
    </message>
    <message>
      <source>Serial scanners</source>
      <translation>Serial scanners</translation>
    </message>
    <message>
      <source>Use</source>
      <translation>Use</translation>
    </message>
  </context>
  <context>
    <name>SettingsPage</name>
    <message>
      <source>A manager may change this.</source>
      <translation>A manager may change this.</translation>
    </message>
    <message>
      <source>Counter and screen</source>
      <translation>Counter and screen</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>Data</translation>
    </message>
    <message>
      <source>First HQ must give a manager of this store a PIN.</source>
      <translation>First HQ must give a manager of this store a PIN.</translation>
    </message>
    <message>
      <source>Its picture is seen on the counter page.</source>
      <translation>Its picture is seen on the counter page.</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Printers</source>
      <translation>Printers</translation>
    </message>
    <message>
      <source>Scanner and camera</source>
      <translation>Scanner and camera</translation>
    </message>
    <message>
      <source>Staff</source>
      <translation>Staff</translation>
    </message>
    <message>
      <source>The first one found</source>
      <translation>The first one found</translation>
    </message>
    <message>
      <source>The program was started as a kiosk.</source>
      <translation>The program was started as a kiosk.</translation>
    </message>
    <message>
      <source>This name stands beside every hand-over.</source>
      <translation>This name stands beside every hand-over.</translation>
    </message>
    <message>
      <source>Which camera</source>
      <translation>Which camera</translation>
    </message>
    <message>
      <source>Who is at the counter</source>
      <translation>Who is at the counter</translation>
    </message>
    <message>
      <source>Whoever is signed in: tap the name at the top to change.</source>
      <translation>Whoever is signed in: tap the name at the top to change.</translation>
    </message>
  </context>
  <context>
    <name>ShiftKeeper</name>
    <message>
      <source>Shift</source>
      <translation>Shift</translation>
    </message>
    <message numerus="yes">
      <source>Shift: %n sale(s)</source>
      <translation>
        <numerusform>Shift: %n sale</numerusform>
        <numerusform>Shift: %n sales</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ShiftPanel</name>
    <message>
      <source>%1 does not match. Count again if you like; a manager accepts it.</source>
      <translation>%1 does not match. Count again if you like; a manager accepts it.</translation>
    </message>
    <message numerus="yes">
      <source>%n sale(s) so far.</source>
      <translation>
        <numerusform>%n sale so far.</numerusform>
        <numerusform>%n sales so far.</numerusform>
      </translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Amount</translation>
    </message>
    <message>
      <source>Back to selling</source>
      <translation>Back to selling</translation>
    </message>
    <message>
      <source>Cash in and out</source>
      <translation>Cash in and out</translation>
    </message>
    <message>
      <source>Cause unknown</source>
      <translation>Cause unknown</translation>
    </message>
    <message>
      <source>Close the shift</source>
      <translation>Close the shift</translation>
    </message>
    <message>
      <source>Count all the cash in the drawer. What there must be is told afterwards.</source>
      <translation>Count all the cash in the drawer. What there must be is told afterwards.</translation>
    </message>
    <message>
      <source>Counted</source>
      <translation>Counted</translation>
    </message>
    <message>
      <source>Counted wrong</source>
      <translation>Counted wrong</translation>
    </message>
    <message>
      <source>It matches now, an earlier count was off by %1: a manager accepts it.</source>
      <translation>It matches now, an earlier count was off by %1: a manager accepts it.</translation>
    </message>
    <message>
      <source>Not booked</source>
      <translation>Not booked</translation>
    </message>
    <message>
      <source>Open since %1 by %2, float %3.</source>
      <translation>Open since %1 by %2, float %3.</translation>
    </message>
    <message>
      <source>Put in</source>
      <translation>Put in</translation>
    </message>
    <message>
      <source>Say what the cash is for.</source>
      <translation>Say what the cash is for.</translation>
    </message>
    <message>
      <source>Shift</source>
      <translation>Shift</translation>
    </message>
    <message>
      <source>Take out</source>
      <translation>Take out</translation>
    </message>
    <message>
      <source>Type the amount like 200 or 200.00.</source>
      <translation>Type the amount like 200 or 200.00.</translation>
    </message>
    <message>
      <source>Type what was counted, like 1234.50.</source>
      <translation>Type what was counted, like 1234.50.</translation>
    </message>
    <message>
      <source>What for?</source>
      <translation>What for?</translation>
    </message>
    <message>
      <source>Wrong change</source>
      <translation>Wrong change</translation>
    </message>
  </context>
  <context>
    <name>ShopPage</name>
    <message>
      <source>%1 of %2</source>
      <translation>%1 of %2</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Back</translation>
    </message>
    <message>
      <source>Next</source>
      <translation>Next</translation>
    </message>
    <message>
      <source>Open my shop</source>
      <translation>Open my shop</translation>
    </message>
    <message>
      <source>Setting up your shop</source>
      <translation>Setting up your shop</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Try again</translation>
    </message>
  </context>
  <context>
    <name>Side</name>
    <message>
      <source>Arrived %1</source>
      <translation>Arrived %1</translation>
    </message>
    <message>
      <source>Arrived, and expected next</source>
      <translation>Arrived, and expected next</translation>
    </message>
    <message>
      <source>Expected next</source>
      <translation>Expected next</translation>
    </message>
    <message>
      <source>Last handed over</source>
      <translation>Last handed over</translation>
    </message>
    <message>
      <source>Nobody is expected: no open order in this store.</source>
      <translation>Nobody is expected: no open order in this store.</translation>
    </message>
    <message>
      <source>Nothing has been handed over yet.</source>
      <translation>Nothing has been handed over yet.</translation>
    </message>
    <message>
      <source>Take back</source>
      <translation>Take back</translation>
    </message>
  </context>
  <context>
    <name>SignInPage</name>
    <message>
      <source>First sign in, then scan again.</source>
      <translation>First sign in, then scan again.</translation>
    </message>
    <message>
      <source>Go on without</source>
      <translation>Go on without</translation>
    </message>
    <message>
      <source>Nobody of this store has a PIN yet: an operator sets it at HQ.</source>
      <translation>Nobody of this store has a PIN yet: an operator sets it at HQ.</translation>
    </message>
    <message>
      <source>PIN</source>
      <translation>PIN</translation>
    </message>
    <message>
      <source>Sign in</source>
      <translation>Sign in</translation>
    </message>
    <message>
      <source>Take the last digit back</source>
      <translation>Take the last digit back</translation>
    </message>
    <message>
      <source>Tap your name and type your PIN.</source>
      <translation>Tap your name and type your PIN.</translation>
    </message>
    <message>
      <source>This is not the PIN of that name.</source>
      <translation>This is not the PIN of that name.</translation>
    </message>
    <message numerus="yes">
      <source>Too many wrong PINs. Try again in %n second(s).</source>
      <translation>
        <numerusform>Too many wrong PINs. Try again in %n second.</numerusform>
        <numerusform>Too many wrong PINs. Try again in %n seconds.</numerusform>
      </translation>
    </message>
    <message>
      <source>Type your PIN.</source>
      <translation>Type your PIN.</translation>
    </message>
    <message>
      <source>Who is here?</source>
      <translation>Who is here?</translation>
    </message>
  </context>
  <context>
    <name>StaffRow</name>
    <message>
      <source>Lock now</source>
      <translation>Lock now</translation>
    </message>
    <message>
      <source>Nobody has a PIN yet. HQ gives names, roles and PINs; they arrive here by themselves.</source>
      <translation>Nobody has a PIN yet. HQ gives names, roles and PINs; they arrive here by themselves.</translation>
    </message>
    <message>
      <source>Who may sign in</source>
      <translation>Who may sign in</translation>
    </message>
    <message>
      <source>manager</source>
      <translation>manager</translation>
    </message>
  </context>
  <context>
    <name>StockPage</name>
    <message>
      <source>Count</source>
      <translation>Count</translation>
    </message>
    <message>
      <source>No product matches what you look for.</source>
      <translation>No product matches what you look for.</translation>
    </message>
    <message>
      <source>No product of this store has the barcode %1.</source>
      <translation>No product of this store has the barcode %1.</translation>
    </message>
    <message>
      <source>No products yet: they come from HQ by themselves.</source>
      <translation>No products yet: they come from HQ by themselves.</translation>
    </message>
    <message>
      <source>Offer again</source>
      <translation>Offer again</translation>
    </message>
    <message>
      <source>Offer tonight</source>
      <translation>Offer tonight</translation>
    </message>
    <message>
      <source>Reading the stock.</source>
      <translation>Reading the stock.</translation>
    </message>
    <message>
      <source>Sold out</source>
      <translation>Sold out</translation>
    </message>
    <message>
      <source>Stock</source>
      <translation>Stock</translation>
    </message>
  </context>
  <context>
    <name>StorefrontRow</name>
    <message>
      <source>Customers scan this code and order.</source>
      <translation>Customers scan this code and order.</translation>
    </message>
    <message>
      <source>Show the QR code</source>
      <translation>Show the QR code</translation>
    </message>
    <message>
      <source>Storefront</source>
      <translation>Storefront</translation>
    </message>
  </context>
  <context>
    <name>SyncPage</name>
    <message numerus="yes">
      <source>%n more will follow</source>
      <translation>
        <numerusform>%n more will follow</numerusform>
        <numerusform>%n more will follow</numerusform>
      </translation>
    </message>
    <message>
      <source>Connect to HQ with a new code</source>
      <translation>Connect to HQ with a new code</translation>
    </message>
    <message>
      <source>Export diagnostics</source>
      <translation>Export diagnostics</translation>
    </message>
    <message>
      <source>Nothing is waiting: no incident is open and HQ takes every entry.</source>
      <translation>Nothing is waiting: no incident is open and HQ takes every entry.</translation>
    </message>
    <message>
      <source>Open the folder</source>
      <translation>Open the folder</translation>
    </message>
    <message>
      <source>Saved as %1. It names no customer and no clerk.</source>
      <translation>Saved as %1. It names no customer and no clerk.</translation>
    </message>
    <message>
      <source>Sync now</source>
      <translation>Sync now</translation>
    </message>
    <message>
      <source>This machine</source>
      <translation>This machine</translation>
    </message>
    <message>
      <source>Waits for somebody</source>
      <translation>Waits for somebody</translation>
    </message>
  </context>
  <context>
    <name>TenderPanel</name>
    <message>
      <source>%1 taken</source>
      <translation>%1 taken</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Amount</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Back</translation>
    </message>
    <message>
      <source>Change</source>
      <translation>Change</translation>
    </message>
    <message>
      <source>Give it back</source>
      <translation>Give it back</translation>
    </message>
    <message>
      <source>Given</source>
      <translation>Given</translation>
    </message>
    <message>
      <source>More was taken than it costs now: tap a part and give it back.</source>
      <translation>More was taken than it costs now: tap a part and give it back.</translation>
    </message>
    <message>
      <source>Number of the payment</source>
      <translation>Number of the payment</translation>
    </message>
    <message>
      <source>Number of the payment: type or scan it</source>
      <translation>Number of the payment: type or scan it</translation>
    </message>
    <message>
      <source>Paid</source>
      <translation>Paid</translation>
    </message>
    <message>
      <source>Take this part</source>
      <translation>Take this part</translation>
    </message>
    <message>
      <source>That is more than there is to pay.</source>
      <translation>That is more than there is to pay.</translation>
    </message>
    <message>
      <source>That would be too many parts.</source>
      <translation>That would be too many parts.</translation>
    </message>
    <message>
      <source>The payment's number is missing: see the customer's phone.</source>
      <translation>The payment's number is missing: see the customer's phone.</translation>
    </message>
    <message>
      <source>To pay</source>
      <translation>To pay</translation>
    </message>
    <message>
      <source>Type the amount like 12.80.</source>
      <translation>Type the amount like 12.80.</translation>
    </message>
  </context>
  <context>
    <name>TimelineView</name>
    <message numerus="yes">
      <source>%n order(s) to do</source>
      <translation>
        <numerusform>%n order to do</numerusform>
        <numerusform>%n orders to do</numerusform>
      </translation>
    </message>
    <message>
      <source>Green is packed, blue is to do. Each order stands where it must be begun at the latest.</source>
      <translation>Green is packed, blue is to do. Each order stands where it must be begun at the latest.</translation>
    </message>
    <message>
      <source>HQ has set no limit for this store.</source>
      <translation>HQ has set no limit for this store.</translation>
    </message>
    <message>
      <source>Load per quarter of an hour</source>
      <translation>Load per quarter of an hour</translation>
    </message>
    <message>
      <source>Nothing to do on this day</source>
      <translation>Nothing to do on this day</translation>
    </message>
    <message>
      <source>The line is what the store can do in a quarter of an hour: %1. Hatched red is too much.</source>
      <translation>The line is what the store can do in a quarter of an hour: %1. Hatched red is too much.</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>Today</translation>
    </message>
    <message>
      <source>Tomorrow</source>
      <translation>Tomorrow</translation>
    </message>
    <message>
      <source>Too much at %1</source>
      <translation>Too much at %1</translation>
    </message>
    <message>
      <source>now</source>
      <translation>now</translation>
    </message>
  </context>
  <context>
    <name>TodayPage</name>
    <message>
      <source>%1 of %2 due</source>
      <translation>%1 of %2 due</translation>
    </message>
    <message numerus="yes">
      <source>%n hand-over(s)</source>
      <translation>
        <numerusform>%n hand-over</numerusform>
        <numerusform>%n hand-overs</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more</source>
      <translation>
        <numerusform>%n more</numerusform>
        <numerusform>%n more</numerusform>
      </translation>
    </message>
    <message>
      <source>Add-on rate</source>
      <translation>Add-on rate</translation>
    </message>
    <message>
      <source>Adding up.</source>
      <translation>Adding up.</translation>
    </message>
    <message>
      <source>By clerk</source>
      <translation>By clerk</translation>
    </message>
    <message>
      <source>Collection rate</source>
      <translation>Collection rate</translation>
    </message>
    <message>
      <source>Day</source>
      <translation>Day</translation>
    </message>
    <message>
      <source>Earlier</source>
      <translation>Earlier</translation>
    </message>
    <message>
      <source>From ready to collected</source>
      <translation>From ready to collected</translation>
    </message>
    <message>
      <source>From scan to hand-over</source>
      <translation>From scan to hand-over</translation>
    </message>
    <message>
      <source>Handed over by the hour</source>
      <translation>Handed over by the hour</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>Later</translation>
    </message>
    <message>
      <source>No order was to be collected in this time.</source>
      <translation>No order was to be collected in this time.</translation>
    </message>
    <message>
      <source>Nothing is overdue.</source>
      <translation>Nothing is overdue.</translation>
    </message>
    <message>
      <source>Nothing was handed over yet.</source>
      <translation>Nothing was handed over yet.</translation>
    </message>
    <message>
      <source>Overdue</source>
      <translation>Overdue</translation>
    </message>
    <message>
      <source>Print</source>
      <translation>Print</translation>
    </message>
    <message>
      <source>Save as CSV</source>
      <translation>Save as CSV</translation>
    </message>
    <message>
      <source>The file could not be written there: choose another folder.</source>
      <translation>The file could not be written there: choose another folder.</translation>
    </message>
    <message>
      <source>Week</source>
      <translation>Week</translation>
    </message>
    <message>
      <source>the day before: %1</source>
      <translation>the day before: %1</translation>
    </message>
    <message>
      <source>the week before: %1</source>
      <translation>the week before: %1</translation>
    </message>
  </context>
  <context>
    <name>UpdateRow</name>
    <message numerus="yes">
      <source>First let %n entry(s) go to HQ.</source>
      <translation>
        <numerusform>First let %n entry go to HQ.</numerusform>
        <numerusform>First let %n entrys go to HQ.</numerusform>
      </translation>
    </message>
    <message>
      <source>First look at what was put aside, on the Sync page.</source>
      <translation>First look at what was put aside, on the Sync page.</translation>
    </message>
    <message>
      <source>HQ cannot be asked now; it is tried again by itself.</source>
      <translation>HQ cannot be asked now; it is tried again by itself.</translation>
    </message>
    <message>
      <source>Install it when the shift is closed.</source>
      <translation>Install it when the shift is closed.</translation>
    </message>
    <message>
      <source>It can be installed now.</source>
      <translation>It can be installed now.</translation>
    </message>
    <message>
      <source>It is the newest that HQ knows of.</source>
      <translation>It is the newest that HQ knows of.</translation>
    </message>
    <message>
      <source>Look for a newer one</source>
      <translation>Look for a newer one</translation>
    </message>
    <message>
      <source>Program</source>
      <translation>Program</translation>
    </message>
    <message>
      <source>This is version %1.</source>
      <translation>This is version %1.</translation>
    </message>
    <message>
      <source>Version %1 is ready.</source>
      <translation>Version %1 is ready.</translation>
    </message>
  </context>
  <context>
    <name>UpdateWatch</name>
    <message>
      <source>The shift is closed: version %1 can be installed now, see the settings.</source>
      <translation>The shift is closed: version %1 can be installed now, see the settings.</translation>
    </message>
  </context>
  <context>
    <name>ViewSwitch</name>
    <message>
      <source>Cards</source>
      <translation>Cards</translation>
    </message>
    <message>
      <source>Load</source>
      <translation>Load</translation>
    </message>
    <message>
      <source>Pick list</source>
      <translation>Pick list</translation>
    </message>
  </context>
  <context>
    <name>WatchedFolder</name>
    <message>
      <source>Choose…</source>
      <translation>Choose…</translation>
    </message>
    <message>
      <source>Off</source>
      <translation>Off</translation>
    </message>
    <message>
      <source>Watched folder</source>
      <translation>Watched folder</translation>
    </message>
  </context>
  <context>
    <name>Window</name>
    <message>
      <source>Choose a picture of a code</source>
      <translation>Choose a picture of a code</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>Pictures</translation>
    </message>
    <message>
      <source>Ziti POS</source>
      <translation>Ziti POS</translation>
    </message>
  </context>
  <context>
    <name>ZoneChips</name>
    <message>
      <source>All</source>
      <translation>All</translation>
    </message>
  </context>
  <context>
    <name>board</name>
    <message>
      <source>%1 late</source>
      <translation>%1 late</translation>
    </message>
    <message>
      <source>%1 of %2 packed</source>
      <translation>%1 of %2 packed</translation>
    </message>
    <message numerus="yes">
      <source>%1 of %2: %n more came since</source>
      <translation>
        <numerusform>%1 of %2: %n more came since</numerusform>
        <numerusform>%1 of %2: %n more came since</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n order(s)</source>
      <translation>
        <numerusform>%n order</numerusform>
        <numerusform>%n orders</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n piece(s) to fetch</source>
      <translation>
        <numerusform>%n piece to fetch</numerusform>
        <numerusform>%n pieces to fetch</numerusform>
      </translation>
    </message>
    <message>
      <source>Begin now</source>
      <translation>Begin now</translation>
    </message>
    <message>
      <source>It must not be packed before %1: it would not be fresh.</source>
      <translation>It must not be packed before %1: it would not be fresh.</translation>
    </message>
    <message>
      <source>Labels wait for a printer: choose one in the settings.</source>
      <translation>Labels wait for a printer: choose one in the settings.</translation>
    </message>
    <message>
      <source>Something of this order is missing: HQ decides what happens to it.</source>
      <translation>Something of this order is missing: HQ decides what happens to it.</translation>
    </message>
    <message>
      <source>all fetched</source>
      <translation>all fetched</translation>
    </message>
    <message>
      <source>begin by %1</source>
      <translation>begin by %1</translation>
    </message>
    <message>
      <source>begin in %1</source>
      <translation>begin in %1</translation>
    </message>
    <message>
      <source>begin now</source>
      <translation>begin now</translation>
    </message>
    <message>
      <source>closes in %1</source>
      <translation>closes in %1</translation>
    </message>
    <message>
      <source>fetched</source>
      <translation>fetched</translation>
    </message>
    <message numerus="yes">
      <source>for %n order(s)</source>
      <translation>
        <numerusform>for %n order</numerusform>
        <numerusform>for %n orders</numerusform>
      </translation>
    </message>
    <message>
      <source>may be packed now</source>
      <translation>may be packed now</translation>
    </message>
    <message>
      <source>not known which products</source>
      <translation>not known which products</translation>
    </message>
    <message>
      <source>opens in %1</source>
      <translation>opens in %1</translation>
    </message>
    <message>
      <source>pack from %1</source>
      <translation>pack from %1</translation>
    </message>
  </context>
  <context>
    <name>card</name>
    <message>
      <source>%1 by %2.</source>
      <translation>%1 by %2.</translation>
    </message>
    <message>
      <source>A manager allows it</source>
      <translation>A manager allows it</translation>
    </message>
    <message>
      <source>Check the goods and give them to the customer.</source>
      <translation>Check the goods and give them to the customer.</translation>
    </message>
    <message>
      <source>Checking</source>
      <translation>Checking</translation>
    </message>
    <message>
      <source>Everything is here: hand over</source>
      <translation>Everything is here: hand over</translation>
    </message>
    <message numerus="yes">
      <source>Give all %n</source>
      <translation>
        <numerusform>Give it</numerusform>
        <numerusform>Give all %n</numerusform>
      </translation>
    </message>
    <message>
      <source>Give it now</source>
      <translation>Give it now</translation>
    </message>
    <message>
      <source>Hand over</source>
      <translation>Hand over</translation>
    </message>
    <message>
      <source>Handed over</source>
      <translation>Handed over</translation>
    </message>
    <message>
      <source>Hold the customer's code to the camera or the scanner.</source>
      <translation>Hold the customer's code to the camera or the scanner.</translation>
    </message>
    <message>
      <source>It stays here</source>
      <translation>It stays here</translation>
    </message>
    <message>
      <source>Look for the parcel, then answer. Nothing is handed over by itself.</source>
      <translation>Look for the parcel, then answer. Nothing is handed over by itself.</translation>
    </message>
    <message>
      <source>Move: only with HQ</source>
      <translation>Move: only with HQ</translation>
    </message>
    <message>
      <source>Moved</source>
      <translation>Moved</translation>
    </message>
    <message>
      <source>Move…</source>
      <translation>Move…</translation>
    </message>
    <message>
      <source>Next customer</source>
      <translation>Next customer</translation>
    </message>
    <message>
      <source>No, the customer has it</source>
      <translation>No, the customer has it</translation>
    </message>
    <message>
      <source>Not all of it…</source>
      <translation>Not all of it…</translation>
    </message>
    <message>
      <source>Not now</source>
      <translation>Not now</translation>
    </message>
    <message>
      <source>Or type the 8 digits, or the last four of the phone.</source>
      <translation>Or type the 8 digits, or the last four of the phone.</translation>
    </message>
    <message>
      <source>Packed now: hand over</source>
      <translation>Packed now: hand over</translation>
    </message>
    <message>
      <source>Ready to scan</source>
      <translation>Ready to scan</translation>
    </message>
    <message>
      <source>Still on the shelf?</source>
      <translation>Still on the shelf?</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Stop</translation>
    </message>
    <message>
      <source>The customer comes %1.</source>
      <translation>The customer comes %1.</translation>
    </message>
    <message>
      <source>The customer has it</source>
      <translation>The customer has it</translation>
    </message>
    <message>
      <source>The hand-over was begun %1 by %2 and never confirmed.</source>
      <translation>The hand-over was begun %1 by %2 and never confirmed.</translation>
    </message>
    <message>
      <source>The old code does not count any more: a new one is on the customer's page.</source>
      <translation>The old code does not count any more: a new one is on the customer's page.</translation>
    </message>
    <message>
      <source>Then confirm, or scan the same code once more.</source>
      <translation>Then confirm, or scan the same code once more.</translation>
    </message>
    <message>
      <source>Together with %1. Check the goods and give all of them.</source>
      <translation>Together with %1. Check the goods and give all of them.</translation>
    </message>
    <message>
      <source>Yes, it is here</source>
      <translation>Yes, it is here</translation>
    </message>
    <message>
      <source>this counter</source>
      <translation>this counter</translation>
    </message>
  </context>
  <context>
    <name>enrol</name>
    <message>
      <source>Give this terminal a name, such as Counter 1.</source>
      <translation>Give this terminal a name, such as Counter 1.</translation>
    </message>
    <message>
      <source>HQ cannot be reached at this address. Check it, and the network cable or Wi-Fi.</source>
      <translation>HQ cannot be reached at this address. Check it, and the network cable or Wi-Fi.</translation>
    </message>
    <message>
      <source>HQ does not answer in time. Try again in a moment.</source>
      <translation>HQ does not answer in time. Try again in a moment.</translation>
    </message>
    <message>
      <source>HQ's address is missing.</source>
      <translation>HQ's address is missing.</translation>
    </message>
    <message>
      <source>No secure connection. Check this machine's date and time, then the address.</source>
      <translation>No secure connection. Check this machine's date and time, then the address.</translation>
    </message>
    <message>
      <source>The code is wrong, used or too old: it holds for ten minutes. Ask HQ for a new one.</source>
      <translation>The code is wrong, used or too old: it holds for ten minutes. Ask HQ for a new one.</translation>
    </message>
    <message>
      <source>The network's sign-in page answers instead of HQ. Sign in with a browser, then try again.</source>
      <translation>The network's sign-in page answers instead of HQ. Sign in with a browser, then try again.</translation>
    </message>
    <message>
      <source>The one-time code is missing. It looks like K7QM-2PXR-9TBD-4HWE</source>
      <translation>The one-time code is missing. It looks like K7QM-2PXR-9TBD-4HWE</translation>
    </message>
    <message>
      <source>This address is not protected: use https:// unless HQ says otherwise.</source>
      <translation>This address is not protected: use https:// unless HQ says otherwise.</translation>
    </message>
    <message>
      <source>This is not an address. It looks like https://hq.example.com</source>
      <translation>This is not an address. It looks like https://hq.example.com</translation>
    </message>
    <message>
      <source>This machine holds another store's data, or work that HQ has not got. Call HQ's support.</source>
      <translation>This machine holds another store's data, or work that HQ has not got. Call HQ's support.</translation>
    </message>
    <message>
      <source>This program is too old for HQ. Update it first.</source>
      <translation>This program is too old for HQ. Update it first.</translation>
    </message>
    <message>
      <source>Too many tries. Wait a minute, then try again.</source>
      <translation>Too many tries. Wait a minute, then try again.</translation>
    </message>
    <message>
      <source>What answers there is not HQ. Check the address; if it is right, try again later.</source>
      <translation>What answers there is not HQ. Check the address; if it is right, try again later.</translation>
    </message>
  </context>
  <context>
    <name>keys</name>
    <message>
      <source>Back</source>
      <translation>Back</translation>
    </message>
    <message>
      <source>Choose a picture of a code</source>
      <translation>Choose a picture of a code</translation>
    </message>
    <message>
      <source>Close the program</source>
      <translation>Close the program</translation>
    </message>
    <message>
      <source>Full screen</source>
      <translation>Full screen</translation>
    </message>
    <message>
      <source>Lock, or change who is at the counter</source>
      <translation>Lock, or change who is at the counter</translation>
    </message>
    <message>
      <source>Mark all cards of the board</source>
      <translation>Mark all cards of the board</translation>
    </message>
    <message>
      <source>On to the next button or field</source>
      <translation>On to the next button or field</translation>
    </message>
    <message>
      <source>Page %1</source>
      <translation>Page %1</translation>
    </message>
    <message>
      <source>Read the picture in the clipboard</source>
      <translation>Read the picture in the clipboard</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Search</translation>
    </message>
    <message>
      <source>Search at the counter</source>
      <translation>Search at the counter</translation>
    </message>
    <message>
      <source>The big button</source>
      <translation>The big button</translation>
    </message>
    <message>
      <source>The board's cards, pick list and load</source>
      <translation>The board's cards, pick list and load</translation>
    </message>
    <message>
      <source>This list</source>
      <translation>This list</translation>
    </message>
    <message>
      <source>Typing and changing text</source>
      <translation>Typing and changing text</translation>
    </message>
  </context>
  <context>
    <name>link</name>
    <message>
      <source>Connecting</source>
      <translation>Connecting</translation>
    </message>
    <message>
      <source>HQ answers, but not properly: it may be under repair.</source>
      <translation>HQ answers, but not properly: it may be under repair.</translation>
    </message>
    <message>
      <source>HQ does not answer in time. The network may be slow.</source>
      <translation>HQ does not answer in time. The network may be slow.</translation>
    </message>
    <message>
      <source>HQ does not know this terminal any more. Ask HQ for a new code.</source>
      <translation>HQ does not know this terminal any more. Ask HQ for a new code.</translation>
    </message>
    <message>
      <source>HQ has not been called yet.</source>
      <translation>HQ has not been called yet.</translation>
    </message>
    <message>
      <source>HQ is busy and asked to come back later.</source>
      <translation>HQ is busy and asked to come back later.</translation>
    </message>
    <message>
      <source>HQ refused a request. Call HQ's support.</source>
      <translation>HQ refused a request. Call HQ's support.</translation>
    </message>
    <message>
      <source>HQ: needs attention</source>
      <translation>HQ: needs attention</translation>
    </message>
    <message>
      <source>No secure connection to HQ: check this machine's date and time.</source>
      <translation>No secure connection to HQ: check this machine's date and time.</translation>
    </message>
    <message>
      <source>Offline since %1</source>
      <translation>Offline since %1</translation>
    </message>
    <message>
      <source>Online</source>
      <translation>Online</translation>
    </message>
    <message>
      <source>Something else answers instead of HQ: the network may want a sign-in page.</source>
      <translation>Something else answers instead of HQ: the network may want a sign-in page.</translation>
    </message>
    <message>
      <source>There is no way to HQ: check the network cable or Wi-Fi.</source>
      <translation>There is no way to HQ: check the network cable or Wi-Fi.</translation>
    </message>
    <message>
      <source>This program is too old for HQ. Update it.</source>
      <translation>This program is too old for HQ. Update it.</translation>
    </message>
    <message>
      <source>data %1 old</source>
      <translation>data %1 old</translation>
    </message>
  </context>
  <context>
    <name>pages</name>
    <message>
      <source>Board</source>
      <translation>Board</translation>
    </message>
    <message>
      <source>Counter</source>
      <translation>Counter</translation>
    </message>
    <message>
      <source>Sale</source>
      <translation>Sale</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Settings</translation>
    </message>
    <message>
      <source>Stock</source>
      <translation>Stock</translation>
    </message>
    <message>
      <source>Sync</source>
      <translation>Sync</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>Today</translation>
    </message>
  </context>
  <context>
    <name>printers</name>
    <message>
      <source>As receipts</source>
      <translation>As receipts</translation>
    </message>
    <message>
      <source>Device file</source>
      <translation>Device file</translation>
    </message>
    <message>
      <source>Drawn as a page: for printers without ESC/POS.</source>
      <translation>Drawn as a page: for printers without ESC/POS.</translation>
    </message>
    <message>
      <source>Each paper becomes a PDF: for a machine without a printer.</source>
      <translation>Each paper becomes a PDF: for a machine without a printer.</translation>
    </message>
    <message>
      <source>For printers that the system shows as a file.</source>
      <translation>For printers that the system shows as a file.</translation>
    </message>
    <message>
      <source>Label printer</source>
      <translation>Label printer</translation>
    </message>
    <message>
      <source>Labels come out of the receipt printer.</source>
      <translation>Labels come out of the receipt printer.</translation>
    </message>
    <message>
      <source>Maker and product in hex, as lsusb or the device manager shows them.</source>
      <translation>Maker and product in hex, as lsusb or the device manager shows them.</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>Network</translation>
    </message>
    <message>
      <source>None</source>
      <translation>None</translation>
    </message>
    <message>
      <source>One paper cannot be printed by this version: see what waits.</source>
      <translation>One paper cannot be printed by this version: see what waits.</translation>
    </message>
    <message>
      <source>Out of paper. Put a new roll in; what waits is printed by itself.</source>
      <translation>Out of paper. Put a new roll in; what waits is printed by itself.</translation>
    </message>
    <message>
      <source>PDF folder</source>
      <translation>PDF folder</translation>
    </message>
    <message>
      <source>Receipt printer</source>
      <translation>Receipt printer</translation>
    </message>
    <message>
      <source>Serial port</source>
      <translation>Serial port</translation>
    </message>
    <message>
      <source>System printer</source>
      <translation>System printer</translation>
    </message>
    <message>
      <source>The address stands on the printer's self-test: switch it on with FEED held.</source>
      <translation>The address stands on the printer's self-test: switch it on with FEED held.</translation>
    </message>
    <message>
      <source>The paper ended in the middle. Put a new roll in: it is printed again, marked so.</source>
      <translation>The paper ended in the middle. Put a new roll in: it is printed again, marked so.</translation>
    </message>
    <message>
      <source>The port, and after @ its speed.</source>
      <translation>The port, and after @ its speed.</translation>
    </message>
    <message>
      <source>The printer does not answer: is it on and plugged in? What waits is kept.</source>
      <translation>The printer does not answer: is it on and plugged in? What waits is kept.</translation>
    </message>
    <message>
      <source>The printer went away in the middle: the paper is printed again, marked so.</source>
      <translation>The printer went away in the middle: the paper is printed again, marked so.</translation>
    </message>
    <message>
      <source>The printer's cover is open.</source>
      <translation>The printer's cover is open.</translation>
    </message>
    <message>
      <source>This is no printer's address: look at the example in the field.</source>
      <translation>This is no printer's address: look at the example in the field.</translation>
    </message>
    <message>
      <source>This machine lacks libusb, which USB printers need.</source>
      <translation>This machine lacks libusb, which USB printers need.</translation>
    </message>
    <message>
      <source>This user may not use the printer: see the page on printing.</source>
      <translation>This user may not use the printer: see the page on printing.</translation>
    </message>
    <message>
      <source>USB</source>
      <translation>USB</translation>
    </message>
    <message>
      <source>Without a printer nothing is lost: what is to be printed waits for one.</source>
      <translation>Without a printer nothing is lost: what is to be printed waits for one.</translation>
    </message>
    <message>
      <source>a folder</source>
      <translation>a folder</translation>
    </message>
    <message>
      <source>cannot be printed by this version</source>
      <translation>cannot be printed by this version</translation>
    </message>
    <message>
      <source>cover open</source>
      <translation>cover open</translation>
    </message>
    <message>
      <source>cut off in the middle</source>
      <translation>cut off in the middle</translation>
    </message>
    <message>
      <source>its name in the system</source>
      <translation>its name in the system</translation>
    </message>
    <message>
      <source>libusb is missing</source>
      <translation>libusb is missing</translation>
    </message>
    <message>
      <source>no paper</source>
      <translation>no paper</translation>
    </message>
    <message>
      <source>not allowed</source>
      <translation>not allowed</translation>
    </message>
    <message>
      <source>paper ended in the middle</source>
      <translation>paper ended in the middle</translation>
    </message>
    <message>
      <source>printer does not answer</source>
      <translation>printer does not answer</translation>
    </message>
    <message>
      <source>wrong address</source>
      <translation>wrong address</translation>
    </message>
  </context>
  <context>
    <name>sayings</name>
    <message numerus="yes">
      <source>%n order(s) fit this.</source>
      <translation>
        <numerusform>%n order fits this.</numerusform>
        <numerusform>%n orders fit this.</numerusform>
      </translation>
    </message>
    <message>
      <source>A parcel's label</source>
      <translation>A parcel's label</translation>
    </message>
    <message>
      <source>Already handed over</source>
      <translation>Already handed over</translation>
    </message>
    <message>
      <source>Another store</source>
      <translation>Another store</translation>
    </message>
    <message>
      <source>Ask for the code on the order's page, or for the last four digits of the phone.</source>
      <translation>Ask for the code on the order's page, or for the last four digits of the phone.</translation>
    </message>
    <message>
      <source>Ask the customer to come back then. A manager may allow it now.</source>
      <translation>Ask the customer to come back then. A manager may allow it now.</translation>
    </message>
    <message>
      <source>Ask the customer to look at the order on the phone and to choose there.</source>
      <translation>Ask the customer to look at the order on the phone and to choose there.</translation>
    </message>
    <message>
      <source>Ask the customer to open the order's page again and show the new code.</source>
      <translation>Ask the customer to open the order's page again and show the new code.</translation>
    </message>
    <message>
      <source>Ask the customer's name and tap the order.</source>
      <translation>Ask the customer's name and tap the order.</translation>
    </message>
    <message>
      <source>Ask the customer's name, and tap the order if it is hers.</source>
      <translation>Ask the customer's name, and tap the order if it is hers.</translation>
    </message>
    <message>
      <source>Cancelled</source>
      <translation>Cancelled</translation>
    </message>
    <message>
      <source>Cannot be verified</source>
      <translation>Cannot be verified</translation>
    </message>
    <message>
      <source>Check it with the customer, or scan the code on the order's page.</source>
      <translation>Check it with the customer, or scan the code on the order's page.</translation>
    </message>
    <message>
      <source>Everything is packed.</source>
      <translation>Everything is packed.</translation>
    </message>
    <message>
      <source>Fetch it from shelf %1.</source>
      <translation>Fetch it from shelf %1.</translation>
    </message>
    <message>
      <source>Fetch the parcel and hand it over.</source>
      <translation>Fetch the parcel and hand it over.</translation>
    </message>
    <message>
      <source>First scan the code on the customer's phone, or type the 8 digits below it.</source>
      <translation>First scan the code on the customer's phone, or type the 8 digits below it.</translation>
    </message>
    <message>
      <source>Genuine code</source>
      <translation>Genuine code</translation>
    </message>
    <message>
      <source>Hand over nothing and call the manager.</source>
      <translation>Hand over nothing and call the manager.</translation>
    </message>
    <message>
      <source>Hand over nothing. If the customer has not got it, call the manager.</source>
      <translation>Hand over nothing. If the customer has not got it, call the manager.</translation>
    </message>
    <message>
      <source>Hand over nothing. Let the terminal sync with HQ and scan again; else call the manager.</source>
      <translation>Hand over nothing. Let the terminal sync with HQ and scan again; else call the manager.</translation>
    </message>
    <message>
      <source>Hand over nothing. The customer sees the refund on the order's page.</source>
      <translation>Hand over nothing. The customer sees the refund on the order's page.</translation>
    </message>
    <message>
      <source>Handed over %1 by %2, at %3.</source>
      <translation>Handed over %1 by %2, at %3.</translation>
    </message>
    <message>
      <source>Incomplete</source>
      <translation>Incomplete</translation>
    </message>
    <message>
      <source>Is it this one?</source>
      <translation>Is it this one?</translation>
    </message>
    <message>
      <source>It is being prepared.</source>
      <translation>It is being prepared.</translation>
    </message>
    <message>
      <source>It looks like a pickup code, but it was not made by us.</source>
      <translation>It looks like a pickup code, but it was not made by us.</translation>
    </message>
    <message>
      <source>Look whether the goods are still good. A manager may allow it.</source>
      <translation>Look whether the goods are still good. A manager may allow it.</translation>
    </message>
    <message>
      <source>Main counter</source>
      <translation>Main counter</translation>
    </message>
    <message>
      <source>No open order of this store fits this.</source>
      <translation>No open order of this store fits this.</translation>
    </message>
    <message>
      <source>No pickup code</source>
      <translation>No pickup code</translation>
    </message>
    <message>
      <source>Nobody has begun to prepare it.</source>
      <translation>Nobody has begun to prepare it.</translation>
    </message>
    <message>
      <source>Not everything fits in a code: ask the customer to show the order, give all of it.</source>
      <translation>Not everything fits in a code: ask the customer to show the order, give all of it.</translation>
    </message>
    <message>
      <source>Not found</source>
      <translation>Not found</translation>
    </message>
    <message>
      <source>Not genuine</source>
      <translation>Not genuine</translation>
    </message>
    <message>
      <source>Not packed yet</source>
      <translation>Not packed yet</translation>
    </message>
    <message>
      <source>Old code</source>
      <translation>Old code</translation>
    </message>
    <message>
      <source>One order fits this.</source>
      <translation>One order fits this.</translation>
    </message>
    <message>
      <source>Only a part of the code was read.</source>
      <translation>Only a part of the code was read.</translation>
    </message>
    <message>
      <source>Overdue</source>
      <translation>Overdue</translation>
    </message>
    <message>
      <source>Pack it now and hand it over, or ask the customer for a little patience.</source>
      <translation>Pack it now and hand it over, or ask the customer for a little patience.</translation>
    </message>
    <message>
      <source>Pack what stands below and hand it over.</source>
      <translation>Pack what stands below and hand it over.</translation>
    </message>
    <message>
      <source>Pickup begins %1.</source>
      <translation>Pickup begins %1.</translation>
    </message>
    <message>
      <source>Please wait</source>
      <translation>Please wait</translation>
    </message>
    <message>
      <source>Ready</source>
      <translation>Ready</translation>
    </message>
    <message>
      <source>Scan again, or type the 8 digits below the code.</source>
      <translation>Scan again, or type the 8 digits below the code.</translation>
    </message>
    <message>
      <source>Send the customer to the main counter. Or a manager looks there and allows it here.</source>
      <translation>Send the customer to the main counter. Or a manager looks there and allows it here.</translation>
    </message>
    <message>
      <source>Show the customer the address: %1</source>
      <translation>Show the customer the address: %1</translation>
    </message>
    <message>
      <source>The code is signed with a key that this terminal does not know.</source>
      <translation>The code is signed with a key that this terminal does not know.</translation>
    </message>
    <message>
      <source>The customer finds the address on the order's page.</source>
      <translation>The customer finds the address on the order's page.</translation>
    </message>
    <message>
      <source>The main terminal of this store keeps count of what has been handed over.</source>
      <translation>The main terminal of this store keeps count of what has been handed over.</translation>
    </message>
    <message>
      <source>The order is paid. It has not reached this terminal yet; the code itself says what to give.</source>
      <translation>The order is paid. It has not reached this terminal yet; the code itself says what to give.</translation>
    </message>
    <message>
      <source>The pickup time ended %1.</source>
      <translation>The pickup time ended %1.</translation>
    </message>
    <message>
      <source>The pickup was changed and this code was replaced by a newer one.</source>
      <translation>The pickup was changed and this code was replaced by a newer one.</translation>
    </message>
    <message>
      <source>This code is of a kind that the program does not know.</source>
      <translation>This code is of a kind that the program does not know.</translation>
    </message>
    <message>
      <source>This is something else, not one of our pickup codes.</source>
      <translation>This is something else, not one of our pickup codes.</translation>
    </message>
    <message>
      <source>This is the label on the parcel of order %1, not the customer's code.</source>
      <translation>This is the label on the parcel of order %1, not the customer's code.</translation>
    </message>
    <message>
      <source>This order has been handed over before.</source>
      <translation>This order has been handed over before.</translation>
    </message>
    <message>
      <source>This order waits at %1, %2 km from here.</source>
      <translation>This order waits at %1, %2 km from here.</translation>
    </message>
    <message>
      <source>This order waits at %1, %2 m from here.</source>
      <translation>This order waits at %1, %2 m from here.</translation>
    </message>
    <message>
      <source>This order waits at %1.</source>
      <translation>This order waits at %1.</translation>
    </message>
    <message>
      <source>This order was cancelled.</source>
      <translation>This order was cancelled.</translation>
    </message>
    <message>
      <source>This store cannot serve all of it. HQ asks the customer what there shall be instead.</source>
      <translation>This store cannot serve all of it. HQ asks the customer what there shall be instead.</translation>
    </message>
    <message>
      <source>Too early</source>
      <translation>Too early</translation>
    </message>
    <message>
      <source>Too many wrong codes were typed.</source>
      <translation>Too many wrong codes were typed.</translation>
    </message>
    <message>
      <source>Type the 8 digits below the code. The program may need an update.</source>
      <translation>Type the 8 digits below the code. The program may need an update.</translation>
    </message>
    <message>
      <source>Typing works again at %1. Scanning the code works now.</source>
      <translation>Typing works again at %1. Scanning the code works now.</translation>
    </message>
    <message>
      <source>Which one?</source>
      <translation>Which one?</translation>
    </message>
    <message>
      <source>store no. %1</source>
      <translation>store no. %1</translation>
    </message>
  </context>
  <context>
    <name>settings</name>
    <message>
      <source>%1 a second (%2 s in all)</source>
      <translation>%1 a second (%2 s in all)</translation>
    </message>
    <message>
      <source>%1 ms on average, %2 ms at most</source>
      <translation>%1 ms on average, %2 ms at most</translation>
    </message>
    <message numerus="yes">
      <source>%n character(s)</source>
      <translation>
        <numerusform>%n character</numerusform>
        <numerusform>%n characters</numerusform>
      </translation>
    </message>
    <message>
      <source>15 min</source>
      <translation>15 min</translation>
    </message>
    <message>
      <source>2 min</source>
      <translation>2 min</translation>
    </message>
    <message>
      <source>5 min</source>
      <translation>5 min</translation>
    </message>
    <message>
      <source>A USB scanner works without it.</source>
      <translation>A USB scanner works without it.</translation>
    </message>
    <message>
      <source>A phone app or a document camera drops pictures there; each is read once, none is changed.</source>
      <translation>A phone app or a document camera drops pictures there; each is read once, none is changed.</translation>
    </message>
    <message>
      <source>A wireless scanner: go nearer to its base. Otherwise close programs that keep the computer busy, or set the scanner to serial (USB-COM).</source>
      <translation>A wireless scanner: go nearer to its base. Otherwise close programs that keep the computer busy, or set the scanner to serial (USB-COM).</translation>
    </message>
    <message>
      <source>Always the whole screen; only a manager's PIN closes the program.</source>
      <translation>Always the whole screen; only a manager's PIN closes the program.</translation>
    </message>
    <message>
      <source>An input method takes the keys.</source>
      <translation>An input method takes the keys.</translation>
    </message>
    <message>
      <source>Another program uses it. Close that program.</source>
      <translation>Another program uses it. Close that program.</translation>
    </message>
    <message>
      <source>As in a mirror: right for a camera that faces the customer.</source>
      <translation>As in a mirror: right for a camera that faces the customer.</translation>
    </message>
    <message>
      <source>Camera</source>
      <translation>Camera</translation>
    </message>
    <message>
      <source>Caps Lock is on.</source>
      <translation>Caps Lock is on.</translation>
    </message>
    <message>
      <source>Close the program</source>
      <translation>Close the program</translation>
    </message>
    <message>
      <source>Close…</source>
      <translation>Close…</translation>
    </message>
    <message>
      <source>Colours</source>
      <translation>Colours</translation>
    </message>
    <message>
      <source>Customer display</source>
      <translation>Customer display</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Dark</translation>
    </message>
    <message>
      <source>Digits are lost on the way.</source>
      <translation>Digits are lost on the way.</translation>
    </message>
    <message>
      <source>Digits arrive as signs, as if Shift was held.</source>
      <translation>Digits arrive as signs, as if Shift was held.</translation>
    </message>
    <message>
      <source>Digits arrive in full width.</source>
      <translation>Digits arrive in full width.</translation>
    </message>
    <message>
      <source>Do not type during the test. Otherwise take off the prefix that the scanner adds.</source>
      <translation>Do not type during the test. Otherwise take off the prefix that the scanner adds.</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>Enter</translation>
    </message>
    <message>
      <source>Everybody works under the own name; PINs are set at HQ.</source>
      <translation>Everybody works under the own name; PINs are set at HQ.</translation>
    </message>
    <message>
      <source>First steps</source>
      <translation>First steps</translation>
    </message>
    <message>
      <source>Full screen</source>
      <translation>Full screen</translation>
    </message>
    <message>
      <source>Hand over with one tap</source>
      <translation>Hand over with one tap</translation>
    </message>
    <message>
      <source>Is being opened.</source>
      <translation>Is being opened.</translation>
    </message>
    <message>
      <source>It works a moment slower. Switch on the suffix Enter (CR) with its manual's codes.</source>
      <translation>It works a moment slower. Switch on the suffix Enter (CR) with its manual's codes.</translation>
    </message>
    <message>
      <source>It works, but could be better.</source>
      <translation>It works, but could be better.</translation>
    </message>
    <message>
      <source>It works.</source>
      <translation>It works.</translation>
    </message>
    <message>
      <source>Keyboard</source>
      <translation>Keyboard</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Keys</translation>
    </message>
    <message>
      <source>Kiosk</source>
      <translation>Kiosk</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Language</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Light</translation>
    </message>
    <message>
      <source>Lock by itself</source>
      <translation>Lock by itself</translation>
    </message>
    <message>
      <source>Lost; it is being looked for.</source>
      <translation>Lost; it is being looked for.</translation>
    </message>
    <message>
      <source>Mirrored picture</source>
      <translation>Mirrored picture</translation>
    </message>
    <message>
      <source>Never</source>
      <translation>Never</translation>
    </message>
    <message>
      <source>New pictures there are read.</source>
      <translation>New pictures there are read.</translation>
    </message>
    <message>
      <source>None</source>
      <translation>None</translation>
    </message>
    <message>
      <source>Not plugged in; it is being looked for.</source>
      <translation>Not plugged in; it is being looked for.</translation>
    </message>
    <message>
      <source>Nothing arrived.</source>
      <translation>Nothing arrived.</translation>
    </message>
    <message>
      <source>Off</source>
      <translation>Off</translation>
    </message>
    <message>
      <source>On</source>
      <translation>On</translation>
    </message>
    <message>
      <source>On a second screen: what goes over the counter, and a code to pass on.</source>
      <translation>On a second screen: what goes over the counter, and a code to pass on.</translation>
    </message>
    <message>
      <source>One for a burst of them, if sounds are on.</source>
      <translation>One for a burst of them, if sounds are on.</translation>
    </message>
    <message>
      <source>One for yes, one for wait, one for no.</source>
      <translation>One for yes, one for wait, one for no.</translation>
    </message>
    <message>
      <source>Other keys came in between.</source>
      <translation>Other keys came in between.</translation>
    </message>
    <message>
      <source>Pickup codes are read all the same. Switch the input method to half width.</source>
      <translation>Pickup codes are read all the same. Switch the input method to half width.</translation>
    </message>
    <message>
      <source>Pickup codes are read all the same; codes with letters are not. Press Caps Lock.</source>
      <translation>Pickup codes are read all the same; codes with letters are not. Press Caps Lock.</translation>
    </message>
    <message>
      <source>Plug the scanner into the computer itself, not into a hub, and set a delay between characters of 5 to 10 ms with the codes in its manual. Best: set it to serial (USB-COM).</source>
      <translation>Plug the scanner into the computer itself, not into a hub, and set a delay between characters of 5 to 10 ms with the codes in its manual. Best: set it to serial (USB-COM).</translation>
    </message>
    <message>
      <source>Ready</source>
      <translation>Ready</translation>
    </message>
    <message>
      <source>Says first what has not been sent to HQ yet.</source>
      <translation>Says first what has not been sent to HQ yet.</translation>
    </message>
    <message>
      <source>Scan the code on this page, from a hand's breadth away.</source>
      <translation>Scan the code on this page, from a hand's breadth away.</translation>
    </message>
    <message>
      <source>Scanning the customer's code a second time says: the customer has it.</source>
      <translation>Scanning the customer's code a second time says: the customer has it.</translation>
    </message>
    <message>
      <source>Serial scanner</source>
      <translation>Serial scanner</translation>
    </message>
    <message>
      <source>Set its delay between characters to none or to 10 ms with the codes in its manual.</source>
      <translation>Set its delay between characters to none or to 10 ms with the codes in its manual.</translation>
    </message>
    <message>
      <source>Set the keyboard to English (US) or Chinese, or the scanner to this layout.</source>
      <translation>Set the keyboard to English (US) or Chinese, or the scanner to this layout.</translation>
    </message>
    <message>
      <source>Show the keys</source>
      <translation>Show the keys</translation>
    </message>
    <message>
      <source>Show them</source>
      <translation>Show them</translation>
    </message>
    <message>
      <source>Sign in by PIN</source>
      <translation>Sign in by PIN</translation>
    </message>
    <message>
      <source>So long after the last touch, with sign-in.</source>
      <translation>So long after the last touch, with sign-in.</translation>
    </message>
    <message>
      <source>Sound for new orders</source>
      <translation>Sound for new orders</translation>
    </message>
    <message>
      <source>Sounds</source>
      <translation>Sounds</translation>
    </message>
    <message>
      <source>Switch the keyboard to English (中/英, usually Shift) and test again.</source>
      <translation>Switch the keyboard to English (中/英, usually Shift) and test again.</translation>
    </message>
    <message>
      <source>Tab</source>
      <translation>Tab</translation>
    </message>
    <message>
      <source>Take Shift Lock off, or set the keyboard to English (US).</source>
      <translation>Take Shift Lock off, or set the keyboard to English (US).</translation>
    </message>
    <message>
      <source>Text size</source>
      <translation>Text size</translation>
    </message>
    <message>
      <source>That was typed by hand, or by a very slow scanner.</source>
      <translation>That was typed by hand, or by a very slow scanner.</translation>
    </message>
    <message>
      <source>The code did not arrive as it is.</source>
      <translation>The code did not arrive as it is.</translation>
    </message>
    <message>
      <source>The folder cannot be read; it is tried again.</source>
      <translation>The folder cannot be read; it is tried again.</translation>
    </message>
    <message>
      <source>The folder is gone; it is being looked for.</source>
      <translation>The folder is gone; it is being looked for.</translation>
    </message>
    <message>
      <source>The keyboard has another layout than the scanner expects.</source>
      <translation>The keyboard has another layout than the scanner expects.</translation>
    </message>
    <message>
      <source>The same code again confirms</source>
      <translation>The same code again confirms</translation>
    </message>
    <message>
      <source>The scanner sends no Enter after the code.</source>
      <translation>The scanner sends no Enter after the code.</translation>
    </message>
    <message>
      <source>The scanner types too slowly to be told from a person.</source>
      <translation>The scanner types too slowly to be told from a person.</translation>
    </message>
    <message>
      <source>The second question is left out: for a counter where the goods are at hand.</source>
      <translation>The second question is left out: for a counter where the goods are at hand.</translation>
    </message>
    <message>
      <source>There is a long pause in the middle, so the scan falls apart.</source>
      <translation>There is a long pause in the middle, so the scan falls apart.</translation>
    </message>
    <message>
      <source>This is another code.</source>
      <translation>This is another code.</translation>
    </message>
    <message>
      <source>This user may not open it. Ask the administrator (Linux: group dialout).</source>
      <translation>This user may not open it. Ask the administrator (Linux: group dialout).</translation>
    </message>
    <message>
      <source>Too many pictures came at once and were left unread; new ones are read.</source>
      <translation>Too many pictures came at once and were left unread; new ones are read.</translation>
    </message>
    <message>
      <source>USB scanner that types (keyboard wedge)</source>
      <translation>USB scanner that types (keyboard wedge)</translation>
    </message>
    <message>
      <source>What each key does; every one can be changed.</source>
      <translation>What each key does; every one can be changed.</translation>
    </message>
    <message>
      <source>What is ready for the first customer, and what is not yet.</source>
      <translation>What is ready for the first customer, and what is not yet.</translation>
    </message>
  </context>
  <context>
    <name>shop</name>
    <message>
      <source>%1 % off</source>
      <translation>%1 % off</translation>
    </message>
    <message numerus="yes">
      <source>%n mistake(s).</source>
      <translation>
        <numerusform>%n mistake.</numerusform>
        <numerusform>%n mistakes.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n product(s) can be taken.</source>
      <translation>
        <numerusform>%n product can be taken.</numerusform>
        <numerusform>%n products can be taken.</numerusform>
      </translation>
    </message>
    <message>
      <source>12 Lake Street</source>
      <translation>12 Lake Street</translation>
    </message>
    <message>
      <source>A phone must be in the same Wi-Fi as this PC. For customers elsewhere, give the PC a public address: docs/small-shop.md says how.</source>
      <translation>A phone must be in the same Wi-Fi as this PC. For customers elsewhere, give the PC a public address: docs/small-shop.md says how.</translation>
    </message>
    <message>
      <source>A sheet with a column for the name and one for the price is enough, in any order.</source>
      <translation>A sheet with a column for the name and one for the price is enough, in any order.</translation>
    </message>
    <message>
      <source>A time is written as 08:00.</source>
      <translation>A time is written as 08:00.</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Address</translation>
    </message>
    <message>
      <source>Another program has the usual port, so posters that were printed before do not work now. Close it, then start Ziti POS again.</source>
      <translation>Another program has the usual port, so posters that were printed before do not work now. Close it, then start Ziti POS again.</translation>
    </message>
    <message>
      <source>As usual</source>
      <translation>As usual</translation>
    </message>
    <message>
      <source>Choose a sheet</source>
      <translation>Choose a sheet</translation>
    </message>
    <message>
      <source>Choose a sheet, or start with the examples.</source>
      <translation>Choose a sheet, or start with the examples.</translation>
    </message>
    <message>
      <source>Closed on</source>
      <translation>Closed on</translation>
    </message>
    <message>
      <source>Connecting this counter</source>
      <translation>Connecting this counter</translation>
    </message>
    <message>
      <source>Copy the link</source>
      <translation>Copy the link</translation>
    </message>
    <message>
      <source>Counter 1</source>
      <translation>Counter 1</translation>
    </message>
    <message>
      <source>Croissant, orange juice and a warm lunch: replace them at any time.</source>
      <translation>Croissant, orange juice and a warm lunch: replace them at any time.</translation>
    </message>
    <message>
      <source>Customers collect within these hours. 22:00–02:00 is past midnight.</source>
      <translation>Customers collect within these hours. 22:00–02:00 is past midnight.</translation>
    </message>
    <message>
      <source>Customers scan this code, order and pay, and collect here.</source>
      <translation>Customers scan this code, order and pay, and collect here.</translation>
    </message>
    <message>
      <source>Customers see this when they order. Only the name is needed.</source>
      <translation>Customers see this when they order. Only the name is needed.</translation>
    </message>
    <message>
      <source>Do phones find this PC at another address?</source>
      <translation>Do phones find this PC at another address?</translation>
    </message>
    <message>
      <source>Drop your sheet here</source>
      <translation>Drop your sheet here</translation>
    </message>
    <message>
      <source>Every phone with Internet can open it.</source>
      <translation>Every phone with Internet can open it.</translation>
    </message>
    <message>
      <source>Excel (.xlsx) or .csv; also stock, zone, lead time, barcode</source>
      <translation>Excel (.xlsx) or .csv; also stock, zone, lead time, barcode</translation>
    </message>
    <message>
      <source>Fri</source>
      <translation>Fri</translation>
    </message>
    <message>
      <source>From</source>
      <translation>From</translation>
    </message>
    <message>
      <source>Give your shop a name.</source>
      <translation>Give your shop a name.</translation>
    </message>
    <message>
      <source>HQ did not take this: %1</source>
      <translation>HQ did not take this: %1</translation>
    </message>
    <message>
      <source>HQ does not start on this PC: %1</source>
      <translation>HQ does not start on this PC: %1</translation>
    </message>
    <message>
      <source>HQ on this PC did not answer. It is being started again: try once more in a moment.</source>
      <translation>HQ on this PC did not answer. It is being started again: try once more in a moment.</translation>
    </message>
    <message>
      <source>How do customers order?</source>
      <translation>How do customers order?</translation>
    </message>
    <message>
      <source>Letting customers in</source>
      <translation>Letting customers in</translation>
    </message>
    <message>
      <source>Mend the sheet and drop it again, or go on without these rows.</source>
      <translation>Mend the sheet and drop it again, or go on without these rows.</translation>
    </message>
    <message>
      <source>Mon</source>
      <translation>Mon</translation>
    </message>
    <message>
      <source>Only this PC</source>
      <translation>Only this PC</translation>
    </message>
    <message>
      <source>Only this PC can open it, as you chose.</source>
      <translation>Only this PC can open it, as you chose.</translation>
    </message>
    <message>
      <source>Opening the store</source>
      <translation>Opening the store</translation>
    </message>
    <message>
      <source>Opening the storefront</source>
      <translation>Opening the storefront</translation>
    </message>
    <message>
      <source>PIN, six digits</source>
      <translation>PIN, six digits</translation>
    </message>
    <message>
      <source>Phone</source>
      <translation>Phone</translation>
    </message>
    <message>
      <source>Phones in this network</source>
      <translation>Phones in this network</translation>
    </message>
    <message>
      <source>Phones in your Wi-Fi need this PC to answer the network. You can try it out here first.</source>
      <translation>Phones in your Wi-Fi need this PC to answer the network. You can try it out here first.</translation>
    </message>
    <message>
      <source>Price</source>
      <translation>Price</translation>
    </message>
    <message>
      <source>Price when collecting in the shop</source>
      <translation>Price when collecting in the shop</translation>
    </message>
    <message>
      <source>Print a poster</source>
      <translation>Print a poster</translation>
    </message>
    <message>
      <source>Product</source>
      <translation>Product</translation>
    </message>
    <message>
      <source>Putting the products on the shelf</source>
      <translation>Putting the products on the shelf</translation>
    </message>
    <message>
      <source>Reading %1.</source>
      <translation>Reading %1.</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>Row</translation>
    </message>
    <message>
      <source>Sat</source>
      <translation>Sat</translation>
    </message>
    <message>
      <source>Save an empty sheet</source>
      <translation>Save an empty sheet</translation>
    </message>
    <message>
      <source>Saved: %1</source>
      <translation>Saved: %1</translation>
    </message>
    <message>
      <source>Scan to order. Collect it here.</source>
      <translation>Scan to order. Collect it here.</translation>
    </message>
    <message>
      <source>Sheets</source>
      <translation>Sheets</translation>
    </message>
    <message>
      <source>Start with three examples</source>
      <translation>Start with three examples</translation>
    </message>
    <message>
      <source>Starting HQ on this PC</source>
      <translation>Starting HQ on this PC</translation>
    </message>
    <message>
      <source>Stock</source>
      <translation>Stock</translation>
    </message>
    <message>
      <source>Sun</source>
      <translation>Sun</translation>
    </message>
    <message>
      <source>Sunny Bakery</source>
      <translation>Sunny Bakery</translation>
    </message>
    <message>
      <source>The PIN has six digits.</source>
      <translation>The PIN has six digits.</translation>
    </message>
    <message>
      <source>The PIN once more</source>
      <translation>The PIN once more</translation>
    </message>
    <message>
      <source>The link is copied.</source>
      <translation>The link is copied.</translation>
    </message>
    <message>
      <source>The poster could not be written there: choose another folder.</source>
      <translation>The poster could not be written there: choose another folder.</translation>
    </message>
    <message>
      <source>The sheet is still being read.</source>
      <translation>The sheet is still being read.</translation>
    </message>
    <message>
      <source>The shop must be open on at least one day.</source>
      <translation>The shop must be open on at least one day.</translation>
    </message>
    <message>
      <source>The shop's name</source>
      <translation>The shop's name</translation>
    </message>
    <message>
      <source>The storefront shows it beside every product.</source>
      <translation>The storefront shows it beside every product.</translation>
    </message>
    <message>
      <source>The storefront shows the first %1 of them.</source>
      <translation>The storefront shows the first %1 of them.</translation>
    </message>
    <message>
      <source>The till is a trial until WeChat Pay is set up: orders are real, no money is taken.</source>
      <translation>The till is a trial until WeChat Pay is set up: orders are real, no money is taken.</translation>
    </message>
    <message>
      <source>The two PINs are not the same.</source>
      <translation>The two PINs are not the same.</translation>
    </message>
    <message>
      <source>This file cannot be read or written. Close it in other programs, then try again.</source>
      <translation>This file cannot be read or written. Close it in other programs, then try again.</translation>
    </message>
    <message>
      <source>This is not an address. It looks like 192.168.1.20 or https://shop.example.com</source>
      <translation>This is not an address. It looks like 192.168.1.20 or https://shop.example.com</translation>
    </message>
    <message>
      <source>Thu</source>
      <translation>Thu</translation>
    </message>
    <message>
      <source>To</source>
      <translation>To</translation>
    </message>
    <message>
      <source>To the counter</source>
      <translation>To the counter</translation>
    </message>
    <message>
      <source>Tue</source>
      <translation>Tue</translation>
    </message>
    <message>
      <source>Use it</source>
      <translation>Use it</translation>
    </message>
    <message>
      <source>Wed</source>
      <translation>Wed</translation>
    </message>
    <message>
      <source>What do you sell?</source>
      <translation>What do you sell?</translation>
    </message>
    <message>
      <source>What is your shop called?</source>
      <translation>What is your shop called?</translation>
    </message>
    <message>
      <source>When are you open?</source>
      <translation>When are you open?</translation>
    </message>
    <message>
      <source>Who are you?</source>
      <translation>Who are you?</translation>
    </message>
    <message>
      <source>Who can open the storefront</source>
      <translation>Who can open the storefront</translation>
    </message>
    <message>
      <source>Writing down who you are</source>
      <translation>Writing down who you are</translation>
    </message>
    <message>
      <source>Your name</source>
      <translation>Your name</translation>
    </message>
    <message>
      <source>Your name is missing.</source>
      <translation>Your name is missing.</translation>
    </message>
    <message>
      <source>Your name stands beside every hand-over. The PIN allows exceptions: remember it.</source>
      <translation>Your name stands beside every hand-over. The PIN allows exceptions: remember it.</translation>
    </message>
    <message>
      <source>Your storefront is open</source>
      <translation>Your storefront is open</translation>
    </message>
    <message>
      <source>poster</source>
      <translation>poster</translation>
    </message>
    <message>
      <source>products</source>
      <translation>products</translation>
    </message>
  </context>
  <context>
    <name>stock</name>
    <message>
      <source>Counted</source>
      <translation>Counted</translation>
    </message>
    <message>
      <source>Left</source>
      <translation>Left</translation>
    </message>
    <message>
      <source>Offered</source>
      <translation>Offered</translation>
    </message>
    <message>
      <source>On hand</source>
      <translation>On hand</translation>
    </message>
    <message>
      <source>Product</source>
      <translation>Product</translation>
    </message>
    <message>
      <source>Promised</source>
      <translation>Promised</translation>
    </message>
    <message>
      <source>not counted</source>
      <translation>not counted</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>yes</translation>
    </message>
  </context>
  <context>
    <name>stories</name>
    <message>
      <source>%1 handed it over at %2, %3.</source>
      <translation>%1 handed it over at %2, %3.</translation>
    </message>
    <message>
      <source>%1 sent entry %2, but not the one before it.</source>
      <translation>%1 sent entry %2, but not the one before it.</translation>
    </message>
    <message>
      <source>%1 sent “%2” a second time, and it said something else.</source>
      <translation>%1 sent “%2” a second time, and it said something else.</translation>
    </message>
    <message>
      <source>A data folder may have been copied or put back from a backup. Call HQ's support.</source>
      <translation>A data folder may have been copied or put back from a backup. Call HQ's support.</translation>
    </message>
    <message>
      <source>A record was changed</source>
      <translation>A record was changed</translation>
    </message>
    <message>
      <source>Allowed by %1.</source>
      <translation>Allowed by %1.</translation>
    </message>
    <message>
      <source>Cancellation accepted</source>
      <translation>Cancellation accepted</translation>
    </message>
    <message>
      <source>Check that the main counter did not hand the same order over as well.</source>
      <translation>Check that the main counter did not hand the same order over as well.</translation>
    </message>
    <message>
      <source>Code refused</source>
      <translation>Code refused</translation>
    </message>
    <message>
      <source>Counted as a loss</source>
      <translation>Counted as a loss</translation>
    </message>
    <message>
      <source>Entries are missing</source>
      <translation>Entries are missing</translation>
    </message>
    <message>
      <source>Goods came back</source>
      <translation>Goods came back</translation>
    </message>
    <message>
      <source>HQ found something that this release of the program cannot explain.</source>
      <translation>HQ found something that this release of the program cannot explain.</translation>
    </message>
    <message>
      <source>HQ has been told</source>
      <translation>HQ has been told</translation>
    </message>
    <message>
      <source>HQ keeps what it heard first.</source>
      <translation>HQ keeps what it heard first.</translation>
    </message>
    <message>
      <source>HQ waits for it; this closes by itself when it comes.</source>
      <translation>HQ waits for it; this closes by itself when it comes.</translation>
    </message>
    <message>
      <source>HQ: the customer asked to cancel %1.</source>
      <translation>HQ: the customer asked to cancel %1.</translation>
    </message>
    <message>
      <source>HQ: the order was cancelled %1.</source>
      <translation>HQ: the order was cancelled %1.</translation>
    </message>
    <message>
      <source>HQ: there is no such order of this store.</source>
      <translation>HQ: there is no such order of this store.</translation>
    </message>
    <message>
      <source>Hand-over taken back</source>
      <translation>Hand-over taken back</translation>
    </message>
    <message>
      <source>Handed over</source>
      <translation>Handed over</translation>
    </message>
    <message>
      <source>Handed over after it was cancelled</source>
      <translation>Handed over after it was cancelled</translation>
    </message>
    <message>
      <source>Handed over twice</source>
      <translation>Handed over twice</translation>
    </message>
    <message>
      <source>Handed over while the customer was cancelling</source>
      <translation>Handed over while the customer was cancelling</translation>
    </message>
    <message>
      <source>Handed over without asking the main counter</source>
      <translation>Handed over without asking the main counter</translation>
    </message>
    <message>
      <source>Handed over, but HQ does not know the order</source>
      <translation>Handed over, but HQ does not know the order</translation>
    </message>
    <message>
      <source>If that terminal's data was lost, compare its hand-overs with the shelf.</source>
      <translation>If that terminal's data was lost, compare its hand-overs with the shelf.</translation>
    </message>
    <message>
      <source>Incident closed</source>
      <translation>Incident closed</translation>
    </message>
    <message>
      <source>Keep the customer's code or order page if you can, and call HQ's support.</source>
      <translation>Keep the customer's code or order page if you can, and call HQ's support.</translation>
    </message>
    <message>
      <source>Looked into, all is well</source>
      <translation>Looked into, all is well</translation>
    </message>
    <message>
      <source>Packed</source>
      <translation>Packed</translation>
    </message>
    <message>
      <source>Preparation begun</source>
      <translation>Preparation begun</translation>
    </message>
    <message>
      <source>Preparation taken back</source>
      <translation>Preparation taken back</translation>
    </message>
    <message>
      <source>Reason: %1.</source>
      <translation>Reason: %1.</translation>
    </message>
    <message>
      <source>Settled with the customer</source>
      <translation>Settled with the customer</translation>
    </message>
    <message>
      <source>Something for HQ's support</source>
      <translation>Something for HQ's support</translation>
    </message>
    <message>
      <source>The customer has goods whose money goes back. Speak with the customer or with HQ.</source>
      <translation>The customer has goods whose money goes back. Speak with the customer or with HQ.</translation>
    </message>
    <message>
      <source>The hand-over counts and nothing is paid back. Speak with the customer.</source>
      <translation>The hand-over counts and nothing is paid back. Speak with the customer.</translation>
    </message>
    <message>
      <source>The manager's reason: %1</source>
      <translation>The manager's reason: %1</translation>
    </message>
    <message>
      <source>Two parcels went out for one order. Find out who has the second one.</source>
      <translation>Two parcels went out for one order. Find out who has the second one.</translation>
    </message>
    <message>
      <source>Update the program, or call HQ's support.</source>
      <translation>Update the program, or call HQ's support.</translation>
    </message>
    <message>
      <source>an entry</source>
      <translation>an entry</translation>
    </message>
    <message>
      <source>at a time that is not known</source>
      <translation>at a time that is not known</translation>
    </message>
    <message>
      <source>somebody</source>
      <comment>a name that is not known</comment>
      <translation>somebody</translation>
    </message>
  </context>
  <context>
    <name>sync_page</name>
    <message>
      <source>%1 ago</source>
      <translation>%1 ago</translation>
    </message>
    <message>
      <source>%1 fast</source>
      <translation>%1 fast</translation>
    </message>
    <message>
      <source>%1 slow</source>
      <translation>%1 slow</translation>
    </message>
    <message numerus="yes">
      <source>%n change(s) still to come</source>
      <translation>
        <numerusform>%n change still to come</numerusform>
        <numerusform>%n changes still to come</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entry(s)</source>
      <translation>
        <numerusform>%n entry</numerusform>
        <numerusform>%n entries</numerusform>
      </translation>
    </message>
    <message>
      <source>Clock</source>
      <translation>Clock</translation>
    </message>
    <message>
      <source>Data checked</source>
      <translation>Data checked</translation>
    </message>
    <message>
      <source>Free disk space</source>
      <translation>Free disk space</translation>
    </message>
    <message>
      <source>HQ needs attention</source>
      <translation>HQ needs attention</translation>
    </message>
    <message>
      <source>It is checked every few hours while the program runs. Call HQ's support.</source>
      <translation>It is checked every few hours while the program runs. Call HQ's support.</translation>
    </message>
    <message>
      <source>It is made every hour while the program runs. Call HQ's support.</source>
      <translation>It is made every hour while the program runs. Call HQ's support.</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Keys</translation>
    </message>
    <message>
      <source>Last backup</source>
      <translation>Last backup</translation>
    </message>
    <message>
      <source>Last heard from HQ</source>
      <translation>Last heard from HQ</translation>
    </message>
    <message>
      <source>Main counter</source>
      <translation>Main counter</translation>
    </message>
    <message>
      <source>Make room: without it nothing can be recorded.</source>
      <translation>Make room: without it nothing can be recorded.</translation>
    </message>
    <message>
      <source>News from HQ</source>
      <translation>News from HQ</translation>
    </message>
    <message>
      <source>Not connected yet</source>
      <translation>Not connected yet</translation>
    </message>
    <message>
      <source>Offline since %1</source>
      <translation>Offline since %1</translation>
    </message>
    <message>
      <source>Online</source>
      <translation>Online</translation>
    </message>
    <message>
      <source>Store</source>
      <translation>Store</translation>
    </message>
    <message>
      <source>The program goes by HQ's time. Set this machine's clock right.</source>
      <translation>The program goes by HQ's time. Set this machine's clock right.</translation>
    </message>
    <message>
      <source>This terminal</source>
      <translation>This terminal</translation>
    </message>
    <message>
      <source>Waiting to be sent</source>
      <translation>Waiting to be sent</translation>
    </message>
    <message>
      <source>another terminal of this store</source>
      <translation>another terminal of this store</translation>
    </message>
    <message>
      <source>everything has arrived</source>
      <translation>everything has arrived</translation>
    </message>
    <message>
      <source>everything up to the last contact</source>
      <translation>everything up to the last contact</translation>
    </message>
    <message>
      <source>in a file that only this user may read</source>
      <translation>in a file that only this user may read</translation>
    </message>
    <message>
      <source>in the system's keyring</source>
      <translation>in the system's keyring</translation>
    </message>
    <message>
      <source>never</source>
      <translation>never</translation>
    </message>
    <message>
      <source>none yet</source>
      <translation>none yet</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>not known</translation>
    </message>
    <message>
      <source>not known yet</source>
      <translation>not known yet</translation>
    </message>
    <message>
      <source>not yet</source>
      <translation>not yet</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>nothing</translation>
    </message>
    <message>
      <source>oldest from %1</source>
      <translation>oldest from %1</translation>
    </message>
    <message>
      <source>right</source>
      <translation>right</translation>
    </message>
    <message>
      <source>sound</source>
      <translation>sound</translation>
    </message>
    <message>
      <source>this terminal</source>
      <translation>this terminal</translation>
    </message>
  </context>
  <context>
    <name>till</name>
    <message>
      <source>Alipay</source>
      <translation>Alipay</translation>
    </message>
    <message>
      <source>Card</source>
      <translation>Card</translation>
    </message>
    <message>
      <source>Cash</source>
      <translation>Cash</translation>
    </message>
    <message>
      <source>WeChat</source>
      <translation>WeChat</translation>
    </message>
  </context>
  <context>
    <name>today</name>
    <message>
      <source>%1 h</source>
      <translation>%1 h</translation>
    </message>
    <message>
      <source>%1 min</source>
      <translation>%1 min</translation>
    </message>
    <message>
      <source>%1 s</source>
      <translation>%1 s</translation>
    </message>
    <message>
      <source>Add-on rate</source>
      <translation>Add-on rate</translation>
    </message>
    <message>
      <source>Add-ons</source>
      <translation>Add-ons</translation>
    </message>
    <message>
      <source>An add-on</source>
      <translation>An add-on</translation>
    </message>
    <message>
      <source>Clerk</source>
      <translation>Clerk</translation>
    </message>
    <message>
      <source>Collected of those</source>
      <translation>Collected of those</translation>
    </message>
    <message>
      <source>Collection rate</source>
      <translation>Collection rate</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>Due</translation>
    </message>
    <message>
      <source>From ready to collected</source>
      <translation>From ready to collected</translation>
    </message>
    <message>
      <source>From scan to hand-over</source>
      <translation>From scan to hand-over</translation>
    </message>
    <message>
      <source>Handed over</source>
      <translation>Handed over</translation>
    </message>
    <message>
      <source>Hour</source>
      <translation>Hour</translation>
    </message>
    <message>
      <source>Incomplete</source>
      <translation>Incomplete</translation>
    </message>
    <message>
      <source>Orders</source>
      <translation>Orders</translation>
    </message>
    <message>
      <source>Overdue</source>
      <translation>Overdue</translation>
    </message>
  </context>
  <context>
    <name>words</name>
    <message>
      <source>%1 %2</source>
      <comment>day, hour</comment>
      <translation>%1 %2</translation>
    </message>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n day</numerusform>
        <numerusform>%n days</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entry(ies) have not reached HQ yet. They are safe here and go up by themselves.</source>
      <translation>
        <numerusform>%n entry has not reached HQ yet. It is safe here and goes up by itself.</numerusform>
        <numerusform>%n entries have not reached HQ yet. They are safe here and go up by themselves.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entry(ies) were put aside: look at the Sync page.</source>
      <translation>
        <numerusform>%n entry was put aside: look at the Sync page.</numerusform>
        <numerusform>%n entries were put aside: look at the Sync page.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n h</source>
      <translation>
        <numerusform>%n h</numerusform>
        <numerusform>%n h</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n left</source>
      <translation>
        <numerusform>%n left</numerusform>
        <numerusform>%n left</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n min</source>
      <translation>
        <numerusform>%n min</numerusform>
        <numerusform>%n min</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n piece(s)</source>
      <translation>
        <numerusform>%n piece</numerusform>
        <numerusform>%n pieces</numerusform>
      </translation>
    </message>
    <message>
      <source>A hand-over of this order was begun before. First say whether the parcel is here.</source>
      <translation>A hand-over of this order was begun before. First say whether the parcel is here.</translation>
    </message>
    <message>
      <source>A manager has to allow this: the PIN was not accepted.</source>
      <translation>A manager has to allow this: the PIN was not accepted.</translation>
    </message>
    <message>
      <source>Another program has the storefront's port: customers find the shop elsewhere until it is closed.</source>
      <translation>Another program has the storefront's port: customers find the shop elsewhere until it is closed.</translation>
    </message>
    <message>
      <source>Collector: %1</source>
      <translation>Collector: %1</translation>
    </message>
    <message>
      <source>HQ cannot be reached now. The work goes on without it.</source>
      <translation>HQ cannot be reached now. The work goes on without it.</translation>
    </message>
    <message>
      <source>HQ cannot be reached: the order keeps its time. Try again later.</source>
      <translation>HQ cannot be reached: the order keeps its time. Try again later.</translation>
    </message>
    <message>
      <source>HQ on this PC does not start; it is tried again. The counter works meanwhile.</source>
      <translation>HQ on this PC does not start; it is tried again. The counter works meanwhile.</translation>
    </message>
    <message>
      <source>HQ's rules do not let this order be moved now.</source>
      <translation>HQ's rules do not let this order be moved now.</translation>
    </message>
    <message>
      <source>It is too early to pack this: it would not be fresh.</source>
      <translation>It is too early to pack this: it would not be fresh.</translation>
    </message>
    <message>
      <source>It is too late for this: the time for taking it back is over.</source>
      <translation>It is too late for this: the time for taking it back is over.</translation>
    </message>
    <message>
      <source>Something went wrong in the program. Nothing was lost; please try again.</source>
      <translation>Something went wrong in the program. Nothing was lost; please try again.</translation>
    </message>
    <message>
      <source>That is not possible now.</source>
      <translation>That is not possible now.</translation>
    </message>
    <message>
      <source>That place cannot be read or written. Is the stick still plugged in?</source>
      <translation>That place cannot be read or written. Is the stick still plugged in?</translation>
    </message>
    <message>
      <source>The backup is in use. What happened since has been added; the rest comes from HQ.</source>
      <translation>The backup is in use. What happened since has been added; the rest comes from HQ.</translation>
    </message>
    <message>
      <source>The data was written by a newer release. Update the program on this machine.</source>
      <translation>The data was written by a newer release. Update the program on this machine.</translation>
    </message>
    <message>
      <source>The disk is full. Make room, then try again; nothing was lost.</source>
      <translation>The disk is full. Make room, then try again; nothing was lost.</translation>
    </message>
    <message>
      <source>The program is open already in another window.</source>
      <translation>The program is open already in another window.</translation>
    </message>
    <message>
      <source>The program may not write its data. Ask the manager to look at the folder.</source>
      <translation>The program may not write its data. Ask the manager to look at the folder.</translation>
    </message>
    <message>
      <source>The shift is still open: it stays open until somebody closes it.</source>
      <translation>The shift is still open: it stays open until somebody closes it.</translation>
    </message>
    <message>
      <source>The stored data is damaged. Do not hand over by this screen; call the manager.</source>
      <translation>The stored data is damaged. Do not hand over by this screen; call the manager.</translation>
    </message>
    <message>
      <source>The stored data was damaged and has been restored from the backup of %1. Go on as always.</source>
      <translation>The stored data was damaged and has been restored from the backup of %1. Go on as always.</translation>
    </message>
    <message>
      <source>The stored data was damaged and is being fetched from HQ again. Go on as always.</source>
      <translation>The stored data was damaged and is being fetched from HQ again. Go on as always.</translation>
    </message>
    <message>
      <source>The till is closed: open a shift first.</source>
      <translation>The till is closed: open a shift first.</translation>
    </message>
    <message>
      <source>The till is open already.</source>
      <translation>The till is open already.</translation>
    </message>
    <message>
      <source>There is no such order in this store.</source>
      <translation>There is no such order in this store.</translation>
    </message>
    <message>
      <source>There is not enough room there. Free some space or take another stick.</source>
      <translation>There is not enough room there. Free some space or take another stick.</translation>
    </message>
    <message>
      <source>This backup could not be used. The data are as they were before.</source>
      <translation>This backup could not be used. The data are as they were before.</translation>
    </message>
    <message>
      <source>This backup is not whole: the copy broke off or was changed. Take another one.</source>
      <translation>This backup is not whole: the copy broke off or was changed. Take another one.</translation>
    </message>
    <message>
      <source>This file is no backup of this program, or it is damaged.</source>
      <translation>This file is no backup of this program, or it is damaged.</translation>
    </message>
    <message>
      <source>This is another terminal's backup. First this terminal's own entries must have gone to HQ.</source>
      <translation>This is another terminal's backup. First this terminal's own entries must have gone to HQ.</translation>
    </message>
    <message>
      <source>This is the backup of another store.</source>
      <translation>This is the backup of another store.</translation>
    </message>
    <message>
      <source>This machine needs the manager: its data cannot be used.</source>
      <translation>This machine needs the manager: its data cannot be used.</translation>
    </message>
    <message>
      <source>This order has moved on in the meantime. Look at it again.</source>
      <translation>This order has moved on in the meantime. Look at it again.</translation>
    </message>
    <message>
      <source>This terminal does not belong to a store yet.</source>
      <translation>This terminal does not belong to a store yet.</translation>
    </message>
    <message>
      <source>This terminal's key for HQ is gone. Nothing is lost; ask HQ for a new code.</source>
      <translation>This terminal's key for HQ is gone. Nothing is lost; ask HQ for a new code.</translation>
    </message>
    <message>
      <source>This time has just become full: choose another one.</source>
      <translation>This time has just become full: choose another one.</translation>
    </message>
    <message>
      <source>This time is not offered any more: choose another one.</source>
      <translation>This time is not offered any more: choose another one.</translation>
    </message>
    <message>
      <source>This was handed over at another terminal: take it back there.</source>
      <translation>This was handed over at another terminal: take it back there.</translation>
    </message>
    <message>
      <source>What was written could not be read back. Take another stick.</source>
      <translation>What was written could not be read back. Take another stick.</translation>
    </message>
    <message>
      <source>being prepared</source>
      <translation>being prepared</translation>
    </message>
    <message>
      <source>cancelled</source>
      <translation>cancelled</translation>
    </message>
    <message>
      <source>chilled</source>
      <translation>chilled</translation>
    </message>
    <message>
      <source>d MMM</source>
      <comment>a date without year</comment>
      <translation>d MMM</translation>
    </message>
    <message>
      <source>frozen</source>
      <translation>frozen</translation>
    </message>
    <message>
      <source>handed over</source>
      <translation>handed over</translation>
    </message>
    <message>
      <source>here</source>
      <comment>the customer has arrived</comment>
      <translation>here</translation>
    </message>
    <message>
      <source>kept warm</source>
      <translation>kept warm</translation>
    </message>
    <message>
      <source>made to order</source>
      <translation>made to order</translation>
    </message>
    <message>
      <source>packed</source>
      <translation>packed</translation>
    </message>
    <message>
      <source>paid</source>
      <translation>paid</translation>
    </message>
    <message>
      <source>product %1</source>
      <translation>product %1</translation>
    </message>
    <message>
      <source>put back</source>
      <translation>put back</translation>
    </message>
    <message>
      <source>ready</source>
      <translation>ready</translation>
    </message>
    <message>
      <source>shelf</source>
      <translation>shelf</translation>
    </message>
    <message>
      <source>sold out</source>
      <translation>sold out</translation>
    </message>
    <message>
      <source>something is missing</source>
      <translation>something is missing</translation>
    </message>
    <message>
      <source>to prepare</source>
      <translation>to prepare</translation>
    </message>
    <message>
      <source>today</source>
      <translation>today</translation>
    </message>
    <message>
      <source>tomorrow</source>
      <translation>tomorrow</translation>
    </message>
    <message>
      <source>under a minute</source>
      <translation>under a minute</translation>
    </message>
    <message>
      <source>waiting for the group</source>
      <translation>waiting for the group</translation>
    </message>
    <message>
      <source>yesterday</source>
      <translation>yesterday</translation>
    </message>
  </context>
</TS>
